package dev.prise.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The certificates of the file that {@code --ca} names: those of a PEM file (RFC 7468), or one in DER. */
final class CertificateFile {
    private static final int MOST_BYTES = 16 << 20;

    /** How each certificate in DER begins: a sequence, which is also the digit zero, and is longer than 127 bytes (X.690 section 8.1.3.5). */
    private static final byte DER_SEQUENCE = 0x30;

    private static final Pattern BEGIN = Pattern.compile("-----BEGIN (?:X509 )?CERTIFICATE-----");
    private static final String END = "-----END ";

    private final String name;

    private CertificateFile(String name) {
        this.name = name;
    }

    /**
     * The certificates, one at least. Other parts of a PEM file, such as a key, are passed over.
     *
     * @throws CommandException when there are none, or one is not good
     */
    static List<X509Certificate> read(String name) {
        if (name.isBlank()) {
            throw CommandException.usage("--ca takes a file of certificates, not an empty word");
        }
        CertificateFile file = new CertificateFile(name);
        byte[] bytes = file.bytes();
        List<X509Certificate> found = file.blocks(new String(bytes, StandardCharsets.ISO_8859_1));
        if (found.isEmpty() && bytes.length > 1 && bytes[0] == DER_SEQUENCE && bytes[1] < 0) {
            return List.of(file.parsed(bytes, "what is in it"));
        }
        if (found.isEmpty()) {
            throw file.wrong("has no certificates; give a PEM file, with lines -----BEGIN CERTIFICATE-----");
        }
        return found;
    }

    private byte[] bytes() {
        try {
            Path path = Path.of(name);
            // what is no regular file might never end
            if (Files.exists(path) && !Files.isRegularFile(path)) {
                throw wrong("is no regular file; give a PEM file of certificates");
            }
            try (InputStream in = Files.newInputStream(path)) {
                byte[] bytes = in.readNBytes(MOST_BYTES + 1);
                if (bytes.length > MOST_BYTES) {
                    throw wrong("has more than 16 MB; give a PEM file of the certificates alone");
                }
                return bytes;
            }
        } catch (InvalidPathException e) {
            throw wrong("cannot be a file; give a PEM file of certificates");
        } catch (IOException e) {
            throw wrong("cannot be read: " + FileReasons.of(e));
        }
    }

    private List<X509Certificate> blocks(String text) {
        List<X509Certificate> found = new ArrayList<>();
        Matcher begin = BEGIN.matcher(text);
        int line = 1;
        int counted = 0;
        while (begin.find()) {
            for (; counted < begin.start(); counted++) {
                line += text.charAt(counted) == '\n' ? 1 : 0;
            }
            String which = "the certificate in line " + line;
            int end = text.indexOf(END, begin.end());
            if (end < 0) {
                throw wrong("is not whole: " + which + " has no end");
            }
            found.add(parsed(decoded(text.substring(begin.end(), end), which), which));
        }
        return found;
    }

    private byte[] decoded(String base64, String which) {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw notGood(which);
        }
    }

    private X509Certificate parsed(byte[] der, String which) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException e) {
            throw notGood(which);
        }
    }

    private CommandException notGood(String which) {
        return wrong("is not good: " + which + " is none that can be read; give a PEM file of certificates");
    }

    private CommandException wrong(String what) {
        return CommandException.usage("--ca " + name + " " + what);
    }
}
