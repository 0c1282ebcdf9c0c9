package org.likeness.vision;

import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.likeness.core.signal.SignalKind;

/// Finds the known properties of an XMP packet (ISO 16684-1) wherever they stand in it, written as attribute, text,
/// `rdf:resource` or list.
///
/// Read as a stream of XML, not as an RDF tree, so that depth and size of a hostile packet cost nothing: document types
/// are refused, entities are not expanded, nothing is fetched. Looking at every depth can find too much (the statement
/// of an ingredient of a collage), never too little.
final class XmpSignals {
    /// More is not read; depth maps of telephones stay below.
    static final int BYTES_MAX = 32 << 20;

    private static final String RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    private static final Set<String> VALUE_ATTRIBUTES = Set.of("resource", "about", "value");
    private static final String PLUS = "plus:";
    private static final String IPTC = "iptc:";
    private static final String RIGHTS = "rights:";
    private static final String TDM = "tdm:";

    /// Namespaces without their scheme, as they begin, and the short name used below.
    private static final Map<String, String> NAMESPACES = Map.of(
            "ns.useplus.org/ldf/xmp/", PLUS,
            "iptc.org/std/Iptc4xmpExt/", IPTC,
            "ns.adobe.com/xap/1.0/rights/", RIGHTS,
            "www.w3.org/ns/tdmrep", TDM,
            "purl.org/dc/elements/1.1/", "dc:",
            "ns.adobe.com/photoshop/1.0/", "photoshop:",
            "creativecommons.org/ns", "cc:",
            "www.metadataworkinggroup.com/schemas/regions/", "mwg-rs:",
            "ns.microsoft.com/photo/1.2/t/Region", "MPReg:",
            "ns.adobe.com/xmp/note/", "xmpNote:");

    private static final Map<String, SignalKind> PROPERTIES = Map.ofEntries(
            Map.entry(PLUS + "DataMining", SignalKind.PLUS_DATA_MINING),
            Map.entry(PLUS + "OtherConstraints", SignalKind.USAGE_TERMS),
            Map.entry(PLUS + "ModelReleaseStatus", SignalKind.MODEL_RELEASE),
            Map.entry(PLUS + "ModelReleaseID", SignalKind.MODEL_RELEASE),
            Map.entry(PLUS + "MinorModelAgeDisclosure", SignalKind.MINOR_DISCLOSURE),
            Map.entry(PLUS + "CopyrightOwnerName", SignalKind.RIGHTS_OWNER),
            Map.entry(PLUS + "CopyrightOwner", SignalKind.RIGHTS_OWNER),
            Map.entry(PLUS + "LicensorName", SignalKind.RIGHTS_OWNER),
            Map.entry(PLUS + "LicensorURL", SignalKind.RIGHTS_OWNER),
            Map.entry(PLUS + "LicensorEmail", SignalKind.RIGHTS_OWNER),
            Map.entry(PLUS + "Licensor", SignalKind.RIGHTS_OWNER),
            Map.entry(IPTC + "ModelAge", SignalKind.MINOR_DISCLOSURE),
            Map.entry(IPTC + "EmbdEncRightsExpr", SignalKind.USAGE_TERMS),
            Map.entry(IPTC + "LinkedEncRightsExpr", SignalKind.USAGE_TERMS),
            Map.entry(RIGHTS + "Marked", SignalKind.RIGHTS_MARKED),
            Map.entry(RIGHTS + "UsageTerms", SignalKind.USAGE_TERMS),
            Map.entry(RIGHTS + "WebStatement", SignalKind.RIGHTS_ADDRESS),
            Map.entry(RIGHTS + "Certificate", SignalKind.RIGHTS_ADDRESS),
            Map.entry(RIGHTS + "Owner", SignalKind.RIGHTS_OWNER),
            Map.entry("dc:rights", SignalKind.COPYRIGHT),
            Map.entry("dc:creator", SignalKind.CREATOR),
            Map.entry("photoshop:Credit", SignalKind.CREATOR),
            Map.entry("cc:license", SignalKind.CC_LICENSE),
            Map.entry("cc:morePermissions", SignalKind.CC_LICENSE),
            Map.entry(TDM + "reservation", SignalKind.TDM_RESERVATION),
            Map.entry(TDM + "tdm-reservation", SignalKind.TDM_RESERVATION),
            Map.entry(TDM + "policy", SignalKind.TDM_POLICY),
            Map.entry(TDM + "tdm-policy", SignalKind.TDM_POLICY));

    /// Properties that hold the name of a person in the picture.
    private static final Set<String> NAMES = Set.of(
            IPTC + "PersonInImage", IPTC + "PersonName", IPTC + "Name", "mwg-rs:Name", "MPReg:PersonDisplayName");

    private static final String EXTENSION = "xmpNote:HasExtendedXMP";

    private final SignalCollector into;
    private final Set<String> extensions = new HashSet<>();
    private final Deque<Open> open = new ArrayDeque<>();

    private XmpSignals(SignalCollector into) {
        this.into = into;
    }

    /// An element that has begun.
    ///
    /// @param property the innermost known property it belongs to; empty: none
    /// @param text what it says itself, so far
    private record Open(Optional<String> property, StringBuilder text) {}

    /// Reads one packet; a damaged one adds SIGNALS_UNKNOWN, and what stood before the damage counts.
    ///
    /// @return the ids of the extended packets that belong to it
    static Set<String> read(byte[] packet, SignalCollector into) {
        XmpSignals reader = new XmpSignals(into);
        String text = plain(packet);
        if (text.isEmpty()) {
            return Set.of();
        }
        try {
            reader.read(text);
        } catch (XMLStreamException e) {
            into.unknown("xmp");
        }
        return reader.extensions;
    }

    private void read(String text) throws XMLStreamException {
        if (text.contains("<!DOCTYPE")) {
            throw new XMLStreamException("a packet has no document type");
        }
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty("jdk.xml.elementAttributeLimit", 10_000); // raw converters write hundreds
        XMLStreamReader xml = factory.createXMLStreamReader(new StringReader(text));
        try {
            while (xml.hasNext()) {
                switch (xml.next()) {
                    case XMLStreamReader.START_ELEMENT -> begin(xml);
                    case XMLStreamReader.END_ELEMENT -> end();
                    case XMLStreamReader.CHARACTERS, XMLStreamReader.CDATA -> {
                        Open element = open.peek();
                        if (element != null && element.property.isPresent()) {
                            element.text.append(xml.getTextCharacters(), xml.getTextStart(), xml.getTextLength());
                        }
                    }
                    default -> {
                        // comments and processing instructions say nothing
                    }
                }
            }
        } finally {
            xml.close();
        }
    }

    private void begin(XMLStreamReader xml) {
        Open parent = open.peek();
        Optional<String> property = known(xml.getNamespaceURI(), xml.getLocalName())
                .or(() -> parent == null ? Optional.empty() : parent.property);
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            String value = xml.getAttributeValue(i);
            if (RDF.equals(xml.getAttributeNamespace(i))) {
                if (property.isPresent() && VALUE_ATTRIBUTES.contains(xml.getAttributeLocalName(i))) {
                    say(property.get(), value);
                }
            } else {
                known(xml.getAttributeNamespace(i), xml.getAttributeLocalName(i))
                        .ifPresent(name -> say(name, value));
            }
        }
        open.push(new Open(property, new StringBuilder()));
    }

    private void end() {
        Open element = open.pop();
        element.property.ifPresent(property -> say(property, element.text.toString()));
    }

    private static Optional<String> known(@org.jspecify.annotations.Nullable String namespace, String local) {
        if (namespace == null || namespace.isEmpty()) {
            return Optional.empty();
        }
        String bare = namespace.replaceFirst("^https?://", "");
        return NAMESPACES.entrySet().stream()
                .filter(entry -> bare.startsWith(entry.getKey()))
                .map(entry -> entry.getValue() + local)
                .filter(name -> PROPERTIES.containsKey(name) || NAMES.contains(name) || name.equals(EXTENSION))
                .findFirst();
    }

    private void say(String property, String value) {
        if (value.isBlank()) {
            return;
        }
        SignalKind kind = PROPERTIES.get(property);
        if (kind != null) {
            into.add(kind, value);
        } else if (property.equals(EXTENSION)) {
            extensions.add(value.strip());
        } else {
            into.name();
        }
    }

    /// The packet from its first to its last angle bracket, because writers pad it. Bytes that are not UTF-8 are
    /// taken
    /// for Latin-1, and control characters for blanks: what is looked for is ASCII.
    private static String plain(byte[] packet) {
        String text = decode(packet);
        int from = text.indexOf('<');
        int to = text.lastIndexOf('>');
        if (from < 0 || to < from) {
            String rest = text.replace('\0', ' ').strip();
            return rest.isEmpty() ? "" : "<"; // not XML at all: damaged
        }
        StringBuilder plain = new StringBuilder(text.substring(from, to + 1));
        for (int i = 0; i < plain.length(); i++) {
            char c = plain.charAt(i);
            if (c < ' ' && c != '\t' && c != '\n' && c != '\r') {
                plain.setCharAt(i, ' ');
            }
        }
        return plain.toString();
    }

    private static String decode(byte[] packet) {
        if (packet.length >= 2 && (packet[0] == 0 || packet[0] == (byte) 0xfe) && packet[1] != 0) {
            return new String(packet, StandardCharsets.UTF_16BE);
        }
        if (packet.length >= 2 && (packet[1] == 0 || packet[1] == (byte) 0xfe) && packet[0] != 0) {
            return new String(packet, StandardCharsets.UTF_16LE);
        }
        try {
            return strict(packet, StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            return new String(packet, StandardCharsets.ISO_8859_1);
        }
    }

    private static String strict(byte[] bytes, Charset charset) throws CharacterCodingException {
        return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    }
}
