package org.likeness.library;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The little linear algebra [Attacks] needs; small, dense, in double precision. Stateless.
final class Matrices {
    private static final int SWEEPS_MAX = 60;
    private static final double TINY = 1e-12;

    private Matrices() {}

    static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    static double[][] transposed(double[][] a) {
        double[][] t = new double[a[0].length][a.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a[0].length; j++) {
                t[j][i] = a[i][j];
            }
        }
        return t;
    }

    static double[][] product(double[][] a, double[][] b) {
        double[][] columns = transposed(b);
        double[][] product = new double[a.length][columns.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < columns.length; j++) {
                product[i][j] = dot(a[i], columns[j]);
            }
        }
        return product;
    }

    /// The inner products of all rows with each other.
    static double[][] gram(double[][] rows) {
        return product(rows, transposed(rows));
    }

    /// The polar factor of a square matrix: U Vᵀ of its singular value decomposition U S Vᵀ, over the directions
    /// whose
    /// singular value is not zero. Where all are, it is the orthogonal matrix nearest to it.
    ///
    /// By one-sided Jacobi rotations (Hestenes 1958): the columns of A V are made orthogonal pair by pair.
    static double[][] polar(double[][] a) {
        int n = a.length;
        double[][] columns = transposed(a); // row j is column j of A V
        double[][] v = new double[n][n]; // row j is column j of V
        for (int j = 0; j < n; j++) {
            v[j][j] = 1;
        }
        double scale = 0;
        for (double[] column : columns) {
            scale = Math.max(scale, dot(column, column));
        }
        boolean turned = true;
        for (int sweep = 0; turned && sweep < SWEEPS_MAX; sweep++) {
            turned = false;
            for (int p = 0; p < n; p++) {
                for (int q = p + 1; q < n; q++) {
                    turned |= orthogonalise(columns, v, p, q, scale);
                }
            }
        }
        double[][] polar = new double[n][n];
        for (int j = 0; j < n; j++) {
            double singular = Math.sqrt(dot(columns[j], columns[j]));
            if (singular * singular > scale * TINY) {
                for (int i = 0; i < n; i++) {
                    for (int k = 0; k < n; k++) {
                        polar[i][k] += columns[j][i] / singular * v[j][k];
                    }
                }
            }
        }
        return polar;
    }

    private static boolean orthogonalise(double[][] columns, double[][] v, int p, int q, double scale) {
        double alpha = dot(columns[p], columns[p]);
        double beta = dot(columns[q], columns[q]);
        double gamma = dot(columns[p], columns[q]);
        if (gamma * gamma <= TINY * TINY * alpha * beta || Math.abs(gamma) <= scale * TINY * TINY) {
            return false;
        }
        double zeta = (beta - alpha) / (2 * gamma);
        double tangent = (zeta >= 0 ? 1 : -1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
        double cosine = 1 / Math.sqrt(1 + tangent * tangent);
        turn(columns[p], columns[q], cosine, cosine * tangent);
        turn(v[p], v[q], cosine, cosine * tangent);
        return true;
    }

    private static void turn(double[] p, double[] q, double cosine, double sine) {
        for (int i = 0; i < p.length; i++) {
            double old = p[i];
            p[i] = cosine * old - sine * q[i];
            q[i] = sine * old + cosine * q[i];
        }
    }

    /// The assignment of rows to columns with the least total cost, by the Hungarian method with shortest
    /// augmenting
    /// paths (Jonker and Volgenant 1987).
    ///
    /// @return the column of each row
    static int[] assignment(double[][] cost) {
        int n = cost.length;
        double[] rowPrice = new double[n + 1];
        double[] columnPrice = new double[n + 1];
        int[] rowOf = new int[n + 1]; // of each column, from 1; 0: none
        for (int row = 1; row <= n; row++) {
            augment(cost, row, rowPrice, columnPrice, rowOf);
        }
        int[] columnOf = new int[n];
        for (int column = 1; column <= n; column++) {
            columnOf[rowOf[column] - 1] = column - 1;
        }
        return columnOf;
    }

    private static void augment(double[][] cost, int row, double[] rowPrice, double[] columnPrice, int[] rowOf) {
        int n = cost.length;
        double[] least = new double[n + 1];
        Arrays.fill(least, Double.POSITIVE_INFINITY);
        int[] before = new int[n + 1];
        boolean[] done = new boolean[n + 1];
        rowOf[0] = row;
        int at = 0;
        while (rowOf[at] != 0) {
            done[at] = true;
            int next = 0;
            double delta = Double.POSITIVE_INFINITY;
            for (int column = 1; column <= n; column++) {
                if (done[column]) {
                    continue;
                }
                double reduced = cost[rowOf[at] - 1][column - 1] - rowPrice[rowOf[at]] - columnPrice[column];
                if (reduced < least[column]) {
                    least[column] = reduced;
                    before[column] = at;
                }
                if (least[column] < delta) {
                    delta = least[column];
                    next = column;
                }
            }
            for (int column = 0; column <= n; column++) {
                if (done[column]) {
                    rowPrice[rowOf[column]] += delta;
                    columnPrice[column] -= delta;
                } else {
                    least[column] -= delta;
                }
            }
            at = next;
        }
        for (int column = at; column != 0; column = before[column]) {
            rowOf[column] = rowOf[before[column]];
        }
    }

    /// Matches the vertices of two weighted graphs by the FAQ algorithm (Vogelstein et al. 2015,
    /// [doi:10.1371/journal.pone.0121002](https://doi.org/10.1371/journal.pone.0121002)): Frank–Wolfe steps over
    /// doubly
    /// stochastic matrices from the flat one, then the nearest permutation. Vertices with a known partner stay
    /// fixed
    /// (Fishkind et al. 2019).
    ///
    /// @param a symmetric
    /// @param b symmetric, of the same size
    /// @param seeds the partner in `b` of a vertex of `a`, or null where it is not known; null for none at all
    /// @return the partner in `b` of each vertex of `a`
    static int[] match(double[][] a, double[][] b, @Nullable Integer @Nullable [] seeds) {
        int n = a.length;
        boolean[] rowFixed = new boolean[n];
        boolean[] columnFixed = new boolean[n];
        double[][] p = new double[n][n];
        for (int i = 0; seeds != null && i < n; i++) {
            Integer seed = seeds[i];
            if (seed != null) {
                rowFixed[i] = true;
                columnFixed[seed] = true;
                p[i][seed] = 1;
            }
        }
        int[] rows = free(rowFixed);
        int[] columns = free(columnFixed);
        for (int i : rows) {
            for (int j : columns) {
                p[i][j] = 1.0 / rows.length;
            }
        }
        for (int step = 0; step < 60; step++) {
            double[][] apb = product(product(a, p), b); // half the gradient of tr(A P B Pᵀ), both being symmetric
            double[][] d = permutation(p, rows, columns, apb);
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    d[i][j] -= p[i][j];
                }
            }
            double linear = 2 * inner(apb, d);
            double square = inner(product(product(a, d), b), d);
            double length = square < 0 ? Math.min(1, -linear / (2 * square)) : linear + square > 0 ? 1 : 0;
            if (!(length > 1e-6) || linear <= TINY) {
                break;
            }
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    p[i][j] += length * d[i][j];
                }
            }
        }
        double[][] chosen = permutation(p, rows, columns, p);
        int[] partner = new int[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                if (chosen[i][j] == 1) {
                    partner[i] = j;
                }
            }
        }
        return partner;
    }

    private static double inner(double[][] a, double[][] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += dot(a[i], b[i]);
        }
        return sum;
    }

    private static int[] free(boolean[] fixed) {
        return java.util.stream.IntStream.range(0, fixed.length)
                .filter(i -> !fixed[i])
                .toArray();
    }

    /// The permutation with the greatest inner product with `gain`, the fixed vertices as in `p`.
    private static double[][] permutation(double[][] p, int[] rows, int[] columns, double[][] gain) {
        double[][] cost = new double[rows.length][rows.length];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < columns.length; j++) {
                cost[i][j] = -gain[rows[i]][columns[j]];
            }
        }
        double[][] chosen = new double[p.length][];
        for (int i = 0; i < p.length; i++) {
            chosen[i] = p[i].clone();
        }
        int[] columnOf = rows.length == 0 ? new int[0] : assignment(cost);
        for (int i = 0; i < rows.length; i++) {
            Arrays.fill(chosen[rows[i]], 0);
            chosen[rows[i]][columns[columnOf[i]]] = 1;
        }
        return chosen;
    }
}
