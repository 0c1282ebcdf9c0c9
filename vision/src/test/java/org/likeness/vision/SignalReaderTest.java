package org.likeness.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.likeness.core.signal.SignalKind.*;
import static org.likeness.vision.SignalSamples.xmp;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.likeness.core.signal.Effect;
import org.likeness.core.signal.Signal;
import org.likeness.core.signal.SignalKind;
import org.likeness.core.signal.Signals;

/// Each statement of `docs/reference/signals.md`, in each place it can stand.
class SignalReaderTest {
    private static final Map<String, byte[]> PROHIBITED = SignalSamples.carriers(SignalSamples.prohibition());
    private static final byte[] NO_INFERENCE = SignalSamples.store(
            "cawg.training-mining", SignalSamples.trainingMining(true, "cawg.ai_inference", "notAllowed"));
    private static final Map<String, byte[]> NO_INFERENCE_IN = SignalSamples.c2paCarriers(NO_INFERENCE);

    @TempDir
    private Path folder;

    private List<Signal> read(byte[] photo, Path... sidecars) {
        return SignalReader.read(SamplePhotos.write(folder, "photo.bin", photo), List.of(sidecars));
    }

    private List<Signal> readXmp(String attributes, String elements) {
        return read(SignalSamples.jpeg(xmp(attributes, elements).getBytes(StandardCharsets.UTF_8)));
    }

    private static boolean quarantines(List<Signal> signals) {
        return Signals.decide(signals).quarantines();
    }

    static Stream<String> samples() {
        return SignalSamples.PLAIN.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void a_photo_without_statements_says_nothing(String format) {
        assertThat(read(SignalSamples.of(SignalSamples.PLAIN, format))).isEmpty();
    }

    static Stream<String> carriers() {
        return PROHIBITED.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("carriers")
    void r06_a_prohibition_is_found_in_every_format(String format) {
        assertThat(read(SignalSamples.of(PROHIBITED, format)))
                .containsExactly(
                        new Signal(PLUS_DATA_MINING, SignalSamples.DATA_MINING + "DMI-PROHIBITED", Effect.QUARANTINE));
    }

    @ParameterizedTest
    @MethodSource("carriers")
    void the_photos_that_carry_it_can_still_be_decoded(String format) {
        var photo = SamplePhotos.write(folder, "photo.bin", SignalSamples.of(PROHIBITED, format));
        var decoding = new PhotoDecoder().decode(photo);
        assertThat(decoding).isInstanceOf(Decoding.Decoded.class);
        ((Decoding.Decoded) decoding).photo().close();
    }

    @ParameterizedTest
    @MethodSource("carriers")
    void r07_a_packet_that_is_cut_off_quarantines(String format) {
        var whole = SignalSamples.prohibition();
        var cut = whole.substring(0, whole.indexOf("<plus:DataMining")) + "<plus:DataMi";
        var photo = SignalSamples.of(SignalSamples.carriers(cut), format);
        assertThat(read(photo)).extracting(Signal::kind).containsExactly(SIGNALS_UNKNOWN);
        assertThat(quarantines(read(photo))).isTrue();
    }

    static Stream<Arguments> dataMining() {
        return Stream.of(
                Arguments.of("DMI-UNSPECIFIED", Effect.RECORDED),
                Arguments.of("DMI-ALLOWED", Effect.RECORDED),
                Arguments.of("DMI-PROHIBITED-AIMLTRAINING", Effect.NO_EVALUATION),
                Arguments.of("DMI-PROHIBITED-GENAIMLTRAINING", Effect.NO_EVALUATION),
                Arguments.of("DMI-PROHIBITED-EXCEPTSEARCHENGINEINDEXING", Effect.QUARANTINE),
                Arguments.of("DMI-PROHIBITED", Effect.QUARANTINE),
                Arguments.of("DMI-PROHIBITED-SEECONSTRAINT", Effect.QUARANTINE),
                Arguments.of("DMI-PROHIBITED-SEEEMBEDDEDRIGHTSEXPR", Effect.QUARANTINE),
                Arguments.of("DMI-PROHIBITED-SEELINKEDRIGHTSEXPR", Effect.QUARANTINE),
                Arguments.of("DMI-SOMETHING-NEW", Effect.QUARANTINE));
    }

    @ParameterizedTest
    @MethodSource("dataMining")
    void r06_plus_data_mining_as_text_attribute_and_resource(String key, Effect effect) {
        for (var value : List.of(key, SignalSamples.DATA_MINING + key)) {
            var expected = new Signal(PLUS_DATA_MINING, value, effect);
            assertThat(readXmp("plus:DataMining=\"" + value + "\"", "")).containsExactly(expected);
            assertThat(readXmp("", "<plus:DataMining>" + value + "</plus:DataMining>"))
                    .containsExactly(expected);
            assertThat(readXmp("", "<plus:DataMining rdf:resource=\"" + value + "\"/>"))
                    .containsExactly(expected);
            assertThat(readXmp("", "<plus:DataMining><rdf:Description rdf:about=\"" + value + "\"/></plus:DataMining>"))
                    .containsExactly(expected);
        }
    }

    @Test
    void r06_constraints_are_kept_beside_the_prohibition_that_names_them() {
        var signals = readXmp(
                "plus:DataMining=\"DMI-PROHIBITED-SEECONSTRAINT\"",
                "<plus:OtherConstraints><rdf:Alt><rdf:li>ask the archive</rdf:li></rdf:Alt></plus:OtherConstraints>");
        assertThat(signals).contains(new Signal(USAGE_TERMS, "ask the archive", Effect.RECORDED));
        assertThat(quarantines(signals)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"1,QUARANTINE", "0,RECORDED", "2,RECORDED", "yes,RECORDED"})
    void r06_tdm_reservation(String value, Effect effect) {
        assertThat(readXmp("tdm:reservation=\"" + value + "\" tdm:policy=\"https://example.org/terms\"", ""))
                .containsExactlyInAnyOrder(
                        new Signal(TDM_RESERVATION, value, effect),
                        new Signal(TDM_POLICY, "https://example.org/terms", Effect.RECORDED));
    }

    @ParameterizedTest
    @CsvSource({
        "AG-UNK,RECORDED",
        "AG-A25,RECORDED",
        "AG-A24,RECORDED",
        "AG-A21,RECORDED",
        "AG-A18,RECORDED",
        "AG-A17,MINOR",
        "AG-A16,MINOR",
        "AG-A15,MINOR",
        "AG-U14,MINOR",
        "AG-NEW,MINOR"
    })
    void r06_minor_disclosure(String key, Effect effect) {
        var signals = readXmp(
                "",
                "<plus:MinorModelAgeDisclosure>" + SignalSamples.DATA_MINING + key + "</plus:MinorModelAgeDisclosure>");
        assertThat(signals).containsExactly(new Signal(MINOR_DISCLOSURE, SignalSamples.DATA_MINING + key, effect));
        assertThat(quarantines(signals)).isFalse();
    }

    @Test
    void r06_years_of_a_model() {
        assertThat(readXmp(
                        "",
                        "<Iptc4xmpExt:ModelAge><rdf:Bag><rdf:li>17</rdf:li><rdf:li>40</rdf:li></rdf:Bag>"
                                + "</Iptc4xmpExt:ModelAge>"))
                .containsExactlyInAnyOrder(
                        new Signal(MINOR_DISCLOSURE, "17", Effect.MINOR),
                        new Signal(MINOR_DISCLOSURE, "40", Effect.RECORDED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"MR-NON", "MR-NAP", "MR-UMR", "MR-LMR"})
    void r06_model_release_is_evidence_only(String key) {
        assertThat(readXmp("plus:ModelReleaseStatus=\"" + key + "\"", ""))
                .containsExactly(new Signal(MODEL_RELEASE, key, Effect.RECORDED));
    }

    @Test
    void r06_rights_are_evidence_only() {
        var signals = readXmp(
                "xmpRights:Marked=\"True\" xmpRights:WebStatement=\"https://example.org/w\""
                        + " xmpRights:Certificate=\"https://example.org/c\" photoshop:Credit=\"an agency\"",
                "<xmpRights:UsageTerms><rdf:Alt><rdf:li xml:lang=\"x-default\">no resale</rdf:li></rdf:Alt>"
                        + "</xmpRights:UsageTerms>"
                        + "<xmpRights:Owner><rdf:Bag><rdf:li>an owner</rdf:li></rdf:Bag></xmpRights:Owner>"
                        + "<dc:rights><rdf:Alt><rdf:li>a notice</rdf:li></rdf:Alt></dc:rights>"
                        + "<dc:creator><rdf:Seq><rdf:li>a photographer</rdf:li></rdf:Seq></dc:creator>"
                        + "<plus:Licensor><rdf:Seq><rdf:li rdf:parseType=\"Resource\"><plus:LicensorURL>"
                        + "https://example.org/l</plus:LicensorURL></rdf:li></rdf:Seq></plus:Licensor>"
                        + "<cc:license rdf:resource=\"https://creativecommons.org/licenses/by/4.0/\"/>");
        assertThat(signals)
                .extracting(Signal::kind)
                .containsExactlyInAnyOrder(
                        RIGHTS_MARKED,
                        RIGHTS_ADDRESS,
                        RIGHTS_ADDRESS,
                        CREATOR,
                        USAGE_TERMS,
                        RIGHTS_OWNER,
                        COPYRIGHT,
                        CREATOR,
                        RIGHTS_OWNER,
                        CC_LICENSE);
        assertThat(Signals.decide(signals).effects()).isEmpty();
    }

    @Test
    void r06_copyright_of_iim_and_exif() {
        var iim = HeifWriter.join(SignalSamples.iim(2, 5, "a title"), SignalSamples.iim(2, 116, "a notice"));
        assertThat(read(SignalSamples.jpegSegment(
                        0xed, Pieces.ascii("Photoshop 3.0\0"), SignalSamples.resource(0x0404, iim))))
                .containsExactly(new Signal(COPYRIGHT, "a notice", Effect.RECORDED));
        var exif = SignalSamples.tiff(33_432, 2, Pieces.ascii("(c) somebody\0"));
        assertThat(read(SignalSamples.jpegSegment(0xe1, Pieces.ascii("Exif\0\0"), exif)))
                .containsExactly(new Signal(COPYRIGHT, "(c) somebody", Effect.RECORDED));
        assertThat(read(exif)).containsExactly(new Signal(COPYRIGHT, "(c) somebody", Effect.RECORDED));
    }

    @Test
    void r08_names_of_people_are_counted_and_dropped() {
        var signals = readXmp(
                "",
                "<Iptc4xmpExt:PersonInImage><rdf:Bag><rdf:li>Ada Nowak</rdf:li><rdf:li>Bo Li</rdf:li></rdf:Bag>"
                        + "</Iptc4xmpExt:PersonInImage>"
                        + "<Iptc4xmpExt:ImageRegion><rdf:Bag><rdf:li rdf:parseType=\"Resource\"><Iptc4xmpExt:Name>"
                        + "<rdf:Alt><rdf:li>Ada Nowak</rdf:li></rdf:Alt></Iptc4xmpExt:Name></rdf:li></rdf:Bag>"
                        + "</Iptc4xmpExt:ImageRegion>"
                        + "<mwg-rs:Regions rdf:parseType=\"Resource\"><mwg-rs:RegionList><rdf:Bag><rdf:li>"
                        + "<rdf:Description mwg-rs:Name=\"Cy Roe\" mwg-rs:Type=\"Face\"/></rdf:li></rdf:Bag>"
                        + "</mwg-rs:RegionList></mwg-rs:Regions>"
                        + "<MPReg:PersonDisplayName>Di Kerr</MPReg:PersonDisplayName>");
        assertThat(signals).containsExactly(new Signal(CLAIMED_NAMES, "5", Effect.RECORDED));
        assertThat(signals.toString()).doesNotContain("Nowak", "Roe", "Kerr");
    }

    static Stream<String> c2paCarriers() {
        return NO_INFERENCE_IN.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("c2paCarriers")
    void r06_a_c2pa_assertion_is_found_in_every_format(String format) {
        assertThat(read(SignalSamples.of(NO_INFERENCE_IN, format)))
                .containsExactly(new Signal(TRAINING_MINING, "ai_inference=notAllowed", Effect.QUARANTINE));
    }

    @ParameterizedTest
    @CsvSource({
        "data_mining,allowed,RECORDED",
        "data_mining,notAllowed,QUARANTINE",
        "data_mining,constrained,QUARANTINE",
        "ai_inference,allowed,RECORDED",
        "ai_inference,notAllowed,QUARANTINE",
        "ai_inference,constrained,QUARANTINE",
        "ai_training,allowed,RECORDED",
        "ai_training,notAllowed,NO_EVALUATION",
        "ai_training,constrained,NO_EVALUATION",
        "ai_generative_training,allowed,RECORDED",
        "ai_generative_training,notAllowed,NO_EVALUATION",
        "ai_generative_training,constrained,NO_EVALUATION",
        "something_new,allowed,RECORDED",
        "something_new,notAllowed,QUARANTINE"
    })
    void r06_training_mining_in_both_labels_and_both_shapes(String entry, String use, Effect effect) {
        for (var prefix : List.of("cawg", "c2pa")) {
            for (var entries : List.of(true, false)) {
                var content = SignalSamples.trainingMining(entries, prefix + "." + entry, use);
                assertThat(read(SignalSamples.of(
                                SignalSamples.c2paCarriers(SignalSamples.store(prefix + ".training-mining", content)),
                                "jpeg")))
                        .containsExactly(new Signal(TRAINING_MINING, entry + "=" + use, effect));
            }
        }
    }

    @Test
    void r06_an_assertion_in_json_or_of_a_later_instance_is_read_too() {
        var json =
                HeifWriter.box("json", Pieces.ascii("{\"entries\":{\"c2pa.data_mining\":{\"use\":\"notAllowed\"}}}"));
        for (var label : List.of("c2pa.training-mining", "c2pa.training-mining__1", "cawg.training-mining.v2")) {
            assertThat(read(SignalSamples.of(SignalSamples.c2paCarriers(SignalSamples.store(label, json)), "png")))
                    .containsExactly(new Signal(TRAINING_MINING, "data_mining=notAllowed", Effect.QUARANTINE));
        }
    }

    @Test
    void r06_an_assertion_with_another_label_is_not_looked_into() {
        var store = SignalSamples.store(
                "com.example.unknown", SignalSamples.trainingMining(true, "cawg.ai_inference", "notAllowed"));
        assertThat(read(SignalSamples.of(SignalSamples.c2paCarriers(store), "jpeg")))
                .isEmpty();
    }

    @Test
    void r07_an_assertion_that_cannot_be_read_quarantines() {
        var unreadable = List.of(
                SignalSamples.cborBox(new byte[] {(byte) 0xbf, 0x61}), // cut off
                SignalSamples.cborBox(SignalSamples.text("notAllowed")), // no map
                SignalSamples.cborBox(SignalSamples.map()), // nothing in it
                HeifWriter.box("json", Pieces.ascii("{")),
                HeifWriter.box("bidb", new byte[4]), // of another kind
                new byte[0]);
        for (var content : unreadable) {
            var signals = read(SignalSamples.of(
                    SignalSamples.c2paCarriers(SignalSamples.store("cawg.training-mining", content)), "jpeg"));
            assertThat(signals).extracting(Signal::kind).contains(SIGNALS_UNKNOWN);
            assertThat(quarantines(signals)).isTrue();
        }
        assertThat(quarantines(read(SignalSamples.of(
                        SignalSamples.c2paCarriers(SignalSamples.store(
                                "cawg.training-mining",
                                SignalSamples.cborBox(SignalSamples.map(
                                        SignalSamples.text("cawg.ai_inference"), new byte[] {(byte) 0xf6})))),
                        "jpeg"))))
                .isTrue();
    }

    @Test
    void r07_a_damaged_or_compressed_store_quarantines() {
        for (int length = 1; length < NO_INFERENCE.length; length += 7) {
            var cut = SamplePhotos.slice(NO_INFERENCE, 0, length);
            assertThat(quarantines(read(SignalSamples.of(SignalSamples.c2paCarriers(cut), "png"))))
                    .as("cut to %d", length)
                    .isTrue();
        }
        var compressed =
                SignalSamples.superbox("c2pa", SignalSamples.superbox("urn:x", HeifWriter.box("brob", new byte[9])));
        assertThat(quarantines(read(SignalSamples.of(SignalSamples.c2paCarriers(compressed), "png"))))
                .isTrue();
    }

    @Test
    void r07_an_extension_that_is_named_and_not_whole_quarantines() {
        assertThat(read(SignalSamples.jpegExtendedButCut()))
                .containsExactly(new Signal(SIGNALS_UNKNOWN, "xmp extension", Effect.QUARANTINE));
    }

    @Test
    void r07_an_item_of_a_heic_that_is_compressed_quarantines() {
        var xmp = SignalSamples.prohibition().getBytes(StandardCharsets.UTF_8);
        assertThat(read(SignalSamples.heic(SignalSamples.of(SignalSamples.PLAIN, "heic"), xmp, "deflate")))
                .containsExactly(new Signal(SIGNALS_UNKNOWN, "xmp", Effect.QUARANTINE));
    }

    @Test
    void r07_a_document_type_or_an_entity_is_refused_and_never_fetched() throws Exception {
        var secret = SamplePhotos.write(folder, "secret", Pieces.ascii("DMI-ALLOWED"));
        var hostile = "<!DOCTYPE x [<!ENTITY e SYSTEM \"" + secret.toUri() + "\">]>"
                + SignalSamples.prohibition().replace("DMI-PROHIBITED", "&e;");
        assertThat(read(SignalSamples.jpeg(hostile.getBytes(StandardCharsets.UTF_8))))
                .containsExactly(new Signal(SIGNALS_UNKNOWN, "xmp", Effect.QUARANTINE));
    }

    @Test
    void depth_does_not_break_the_reader() {
        var deep = "<dc:a>".repeat(5_000) + "</dc:a>".repeat(5_000);
        assertThat(quarantines(readXmp("", deep))).isTrue();
    }

    @Test
    void a_packet_with_hundreds_of_attributes_is_ordinary() {
        var attributes = new StringBuilder();
        for (int i = 0; i < 800; i++) {
            attributes.append("dc:setting").append(i).append("=\"0\" ");
        }
        assertThat(readXmp(attributes + "tdm:reservation=\"1\"", ""))
                .containsExactly(new Signal(TDM_RESERVATION, "1", Effect.QUARANTINE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16BE", "UTF-16LE", "UTF-16"})
    void a_sidecar_is_read_in_any_encoding(String encoding) {
        var sidecar = SamplePhotos.write(
                folder,
                "photo.xmp",
                SignalSamples.prohibition().replace("\uFEFF", "").getBytes(Charset.forName(encoding)));
        assertThat(read(SignalSamples.of(SignalSamples.PLAIN, "bmp"), sidecar))
                .extracting(Signal::kind, Signal::effect)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(PLUS_DATA_MINING, Effect.QUARANTINE));
    }

    @Test
    void r07_a_sidecar_that_is_no_packet_quarantines() {
        var sidecar = SamplePhotos.write(folder, "photo.xmp", Pieces.ascii("not a packet"));
        assertThat(quarantines(read(SignalSamples.of(SignalSamples.PLAIN, "png"), sidecar)))
                .isTrue();
    }

    @Test
    void an_empty_or_padded_packet_says_nothing() {
        assertThat(read(SignalSamples.jpeg(new byte[500]))).isEmpty();
        assertThat(read(SignalSamples.jpeg(" ".repeat(500).getBytes(StandardCharsets.UTF_8))))
                .isEmpty();
    }

    @Test
    void damaged_exif_is_no_reason_to_keep_a_photo_out() {
        assertThat(read(SignalSamples.jpegSegment(0xe1, Pieces.ascii("Exif\0\0MM\0*"), new byte[] {0, 1, 2, 3})))
                .isEmpty();
    }

    @Test
    void the_most_restrictive_wins_wherever_it_stands() {
        var sidecar = SamplePhotos.write(
                folder, "photo.xmp", xmp("plus:DataMining=\"DMI-ALLOWED\"", "").getBytes(StandardCharsets.UTF_8));
        var signals = read(SignalSamples.of(PROHIBITED, "png"), sidecar);
        assertThat(signals).extracting(Signal::effect).containsExactly(Effect.QUARANTINE, Effect.RECORDED);
        assertThat(quarantines(signals)).isTrue();
    }

    @Test
    void a_flood_of_statements_is_bounded_and_still_refuses() {
        var many = new StringBuilder("<dc:creator><rdf:Seq>");
        for (int i = 0; i < 3_000; i++) {
            many.append("<rdf:li>creator ").append(i).append("</rdf:li>");
        }
        var signals = readXmp("", many + "</rdf:Seq></dc:creator><tdm:reservation>1</tdm:reservation>");
        assertThat(signals).hasSizeLessThan(250);
        assertThat(quarantines(signals)).isTrue();
    }

    @Test
    void no_kind_that_a_file_can_say_is_left_untested() {
        assertThat(SignalKind.values()).hasSize(16); // a new one needs its fixture above
    }
}
