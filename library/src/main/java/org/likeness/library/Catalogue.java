package org.likeness.library;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.likeness.library.CatalogueEntry.RemoteFile;

/// The packs Likeness knows by address. Every file is pinned by its hash, so a changed file at the address is
/// refused.
///
/// AuraFace's own repository also carries a detector whose hash is that of InsightFace's non-commercial pack;
/// YuNet (MIT)
/// is used in its place.
final class Catalogue {
    private static final RemoteFile YUNET = new RemoteFile(
            "yunet.onnx",
            URI.create("https://raw.githubusercontent.com/ShiqiYu/libfacedetection.train/"
                    + "dca340aa082c71081a68d17db8e58b33a58a914b/onnx/yunet_n_dynamic.onnx"),
            "104ee26c71d5c270ce79a6b3dced91c91013260d29a6bf18f9296c5b8c4c2b12",
            322_906);

    private static final RemoteFile SFACE = new RemoteFile(
            "sface.onnx",
            URI.create("https://media.githubusercontent.com/media/opencv/opencv_zoo/"
                    + "47534e27c9851bb1128ccc0102f1145e27f23f98/models/face_recognition_sface/"
                    + "face_recognition_sface_2021dec.onnx"),
            "0ba9fbfa01b5270c96627c4ef784da859931e02f04419c829e83484087c34e79",
            38_696_353);

    private static final RemoteFile AURAFACE = new RemoteFile(
            "auraface.onnx",
            URI.create("https://huggingface.co/fal/AuraFace-v1/resolve/"
                    + "af6d057c9b0ec4071d4c49c80e3539258798b609/glintr100.onnx"),
            "a7933ea5330113b01c9b60351d8f4c33003f145d8470ac5f0e52ee2effe25c60",
            260_694_151);

    static final List<CatalogueEntry> ENTRIES = List.of(
            new CatalogueEntry(
                    "yunet-sface", "YuNet detector, SFace embedder (128)", "MIT AND Apache-2.0", List.of(YUNET, SFACE)),
            new CatalogueEntry(
                    "yunet-auraface",
                    "YuNet detector, AuraFace v1 embedder (512)",
                    "MIT AND Apache-2.0",
                    List.of(YUNET, AURAFACE)));

    private Catalogue() {}

    /// A text of a pack that is part of Likeness.
    ///
    /// @param file `pack.json` or `MODEL_CARD.md`
    static String text(CatalogueEntry entry, String file) {
        try (InputStream content = Catalogue.class.getResourceAsStream("packs/" + entry.name() + "/" + file)) {
            if (content == null) {
                throw new IllegalStateException("the catalogue has no " + file + " for " + entry.name());
            }
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("a class-path resource cannot be read", e);
        }
    }
}
