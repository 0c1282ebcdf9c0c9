package org.likeness.server;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/// The first words of a TLS client that speaks one version only, written by hand: the JDK's own client
/// refuses to speak the old ones (RFC 5246, section 7.4.1.2).
final class Hello {
    /// The numbers of the versions.
    static final int TLS_1_0 = 0x0301;

    static final int TLS_1_1 = 0x0302;
    static final int TLS_1_2 = 0x0303;

    private static final int HANDSHAKE = 22;
    private static final int ALERT = 21;
    private static final int SERVER_HELLO = 2;
    private static final int PATIENCE_MS = 10_000;

    /// ECDHE with ECDSA and AES: for old versions with CBC, for 1.2 with GCM.
    private static final int[] SUITES = {0xC02B, 0xC02C, 0xC009, 0xC00A, 0x00FF};

    private Hello() {}

    /// What a server answers.
    ///
    /// @return `hello VERSION`, or `alert NUMBER`, or `nothing`
    static String to(int port, int version) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MS);
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            byte[] hello = hello(version);
            out.writeByte(HANDSHAKE);
            out.writeShort(TLS_1_0);
            out.writeShort(hello.length);
            out.write(hello);
            out.flush();
            return answer(new DataInputStream(socket.getInputStream()));
        }
    }

    private static String answer(DataInputStream in) throws IOException {
        int type = in.read();
        if (type < 0) {
            return "nothing";
        }
        in.skipNBytes(4); // version and length of the record
        int first = in.readUnsignedByte();
        if (type == ALERT) {
            return "alert " + in.readUnsignedByte();
        }
        if (type != HANDSHAKE || first != SERVER_HELLO) {
            return "type " + type;
        }
        in.skipNBytes(3);
        return "hello " + Integer.toHexString(in.readUnsignedShort());
    }

    private static byte[] hello(int version) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(body);
        out.writeShort(version);
        out.write(new byte[32]); // the random, which need not be
        out.writeByte(0); // no session
        out.writeShort(2 * SUITES.length);
        for (int suite : SUITES) {
            out.writeShort(suite);
        }
        out.writeShort(0x0100); // no compression
        byte[] extensions = extensions();
        out.writeShort(extensions.length);
        out.write(extensions);
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        DataOutputStream framed = new DataOutputStream(whole);
        framed.writeByte(1); // a client's hello
        framed.writeByte(0);
        framed.writeShort(body.size());
        framed.write(body.toByteArray());
        return whole.toByteArray();
    }

    /// Groups, point formats, signatures, and that the master secret is the extended one.
    private static byte[] extensions() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        write(out, 10, 0, 4, 0, 23, 0, 24);
        write(out, 11, 1, 0);
        write(out, 13, 0, 6, 4, 3, 5, 3, 2, 3);
        write(out, 23);
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, int type, int... content) throws IOException {
        out.writeShort(type);
        out.writeShort(content.length);
        for (int each : content) {
            out.writeByte(each);
        }
    }
}
