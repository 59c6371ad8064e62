package dev.ast.output;

import io.nayuki.qrcodegen.QrCode;

/** An address as a QR code of half blocks, dark on light, with the quiet zone that readers need. */
public final class QrPicture {
    private static final int QUIET = 2;

    private QrPicture() {}

    /** Draws a text; two modules of height a line. */
    public static String draw(String text) {
        QrCode code = QrCode.encodeText(text, QrCode.Ecc.LOW);
        StringBuilder picture = new StringBuilder();
        for (int y = -QUIET; y < code.size + QUIET; y += 2) {
            for (int x = -QUIET; x < code.size + QUIET; x++) {
                boolean upper = light(code, x, y);
                boolean lower = light(code, x, y + 1);
                picture.append(upper && lower ? '█' : upper ? '▀' : lower ? '▄' : ' ');
            }
            picture.append('\n');
        }
        return picture.toString();
    }

    private static boolean light(QrCode code, int x, int y) {
        return !code.getModule(x, y);
    }
}
