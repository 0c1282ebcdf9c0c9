package org.likeness.server;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/// The doc comments of the classes that make the API, read from their source by the compiler: the one
/// home of the document's words.
final class ApiComments {
    private static final List<Path> SOURCES = Stream.of("server", "library", "core")
            .map(module -> Path.of("..", module, "src", "main", "java"))
            .toList();

    private final Map<String, Comment> comments = new HashMap<>();
    private final Set<Path> read = new HashSet<>();

    /// A comment: its text, and what it says of each component or parameter.
    record Comment(String text, Map<String, String> params) {
        Comment {
            params = Map.copyOf(params);
        }

        String summary() {
            return text.replaceFirst("(?s)(?<=[.;:])\\s.*", "").replaceFirst("[.;:]$", "");
        }
    }

    /// What the source says of a class.
    Optional<Comment> of(Class<?> type) {
        return find(type, "");
    }

    /// What the source says of a method or a constant of a class.
    Optional<Comment> of(Class<?> type, String member) {
        return find(type, "#" + member);
    }

    private Optional<Comment> find(Class<?> type, String member) {
        Class<?> outermost = type;
        while (outermost.getEnclosingClass() != null) {
            outermost = outermost.getEnclosingClass();
        }
        String file = outermost.getName().replace('.', '/') + ".java";
        SOURCES.stream()
                .map(folder -> folder.resolve(file))
                .filter(Files::exists)
                .filter(read::add)
                .forEach(this::read);
        return Optional.ofNullable(comments.get(type.getCanonicalName() + member));
    }

    private void read(Path file) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files =
                compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8)) {
            JavacTask task = (JavacTask)
                    compiler.getTask(null, files, null, List.of("-proc:none"), null, files.getJavaFileObjects(file));
            for (CompilationUnitTree unit : task.parse()) {
                new Reader(DocTrees.instance(task)).scan(unit, String.valueOf(unit.getPackageName()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Reader extends TreePathScanner<@Nullable Void, String> {
        private final DocTrees trees;

        Reader(DocTrees trees) {
            this.trees = trees;
        }

        @Override
        public @Nullable Void visitClass(ClassTree tree, String outer) {
            String name = outer + "." + tree.getSimpleName();
            keep(name);
            return super.visitClass(tree, name);
        }

        @Override
        public @Nullable Void visitMethod(MethodTree tree, String outer) {
            keep(outer + "#" + tree.getName());
            return null;
        }

        @Override
        public @Nullable Void visitVariable(VariableTree tree, String outer) {
            keep(outer + "#" + tree.getName());
            return null;
        }

        private void keep(String name) {
            DocCommentTree comment = trees.getDocCommentTree(getCurrentPath());
            if (comment != null) {
                Map<String, String> params = new LinkedHashMap<>();
                for (DocTree tag : comment.getBlockTags()) {
                    if (tag instanceof ParamTree param) {
                        params.put(param.getName().toString(), text(param.getDescription()));
                    }
                }
                comments.putIfAbsent(name, new Comment(text(comment.getFullBody()), params));
            }
        }
    }

    /// Lines are joined, but for paragraphs and lists; a link becomes the name it links to.
    private static String text(List<? extends DocTree> parts) {
        return parts.stream()
                .map(DocTree::toString)
                .collect(Collectors.joining())
                .strip()
                .replaceAll("(?<!\n)\n\\s*(?![\n-])", " ")
                .replaceAll("\\{@[a-z]+ #?([^}]+)}", "`$1`")
                .replaceAll("\\[#?([A-Za-z][A-Za-z.#]*)]", "`$1`");
    }
}
