package org.likeness.models;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import javax.imageio.ImageIO;

/// A square of a demo photo, scaled to the side a network wants: RGB, 0 to 255, row by row, colours together.
/// Where the square reaches beyond the photo it is black. Immutable.
final class Image {
    private final int side;
    private final float[] values;

    private Image(int side, float[] values) {
        this.side = side;
        this.values = values;
    }

    /// Cuts the square whose top left corner is (`left`, `top`) and which is `length` pixels of the photo long.
    static Image cut(String photo, int left, int top, int length, int side) throws IOException {
        BufferedImage whole;
        try (var content = DefaultPack.openPhoto(photo)) {
            whole = ImageIO.read(content);
        }
        var square = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = square.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.scale((double) side / length, (double) side / length);
        graphics.drawImage(whole, -left, -top, null);
        graphics.dispose();
        var values = new float[side * side * 3];
        for (int i = 0; i < side * side; i++) {
            int rgb = square.getRGB(i % side, i / side);
            for (int colour = 0; colour < 3; colour++) {
                values[i * 3 + colour] = rgb >> (16 - 8 * colour) & 0xFF;
            }
        }
        return new Image(side, values);
    }

    int side() {
        return side;
    }

    /// What a network gets: `[3, side, side]`, every colour less its mean and divided by its deviation.
    float[] normalised(float[] mean, float[] deviation) {
        var planes = new float[values.length];
        for (int i = 0; i < planes.length; i++) {
            int colour = i / (side * side);
            planes[i] = (values[i % (side * side) * 3 + colour] - mean[colour]) / deviation[colour];
        }
        return planes;
    }

    /// The values as they are, as little-endian floats.
    byte[] toBytes() {
        var bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }
}
