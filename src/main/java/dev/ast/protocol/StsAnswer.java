package dev.ast.protocol;

import dev.ast.domain.Failure;
import dev.ast.domain.Secret;
import dev.ast.domain.ServerOrigin;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** An answer of AWS's STS: XML, of which only the texts of single elements matter. */
final class StsAnswer {
    private static final int LARGEST = 64 * 1024;
    private static final int LONGEST_TEXT = 300;

    private final Document document;
    private final ServerOrigin from;

    private StsAnswer(Document document, ServerOrigin from) {
        this.document = document;
        this.from = from;
    }

    /**
     * Reads an answer. A document type, and so every entity, is refused.
     *
     * @throws dev.ast.domain.FailureException (unreachable) when it is no such XML
     */
    static StsAnswer read(byte[] body, ServerOrigin from) {
        if (body.length > LARGEST) {
            throw invalid(from);
        }
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setNamespaceAware(true);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return new StsAnswer(builder.parse(new ByteArrayInputStream(body)), from);
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw invalid(from);
        }
    }

    /** The text of the only element of a name. */
    Optional<String> text(String name) {
        NodeList all = document.getElementsByTagNameNS("*", name);
        return all.getLength() == 1
                ? Optional.of(all.item(0).getTextContent().strip()).filter(text -> !text.isEmpty())
                : Optional.empty();
    }

    /** The same for one that must be there and is printed. */
    String require(String name) {
        return text(name)
                .filter(text -> text.length() <= LONGEST_TEXT && text.chars().allMatch(c -> c > 0x20 && c < 0x7f))
                .orElseThrow(() -> invalid(from));
    }

    /** The same for one that is a secret. */
    Secret secret(String name) {
        return Secret.of(text(name).orElseThrow(() -> invalid(from))).requireBearer();
    }

    private static RuntimeException invalid(ServerOrigin from) {
        return Failure.unreachable(from + " gave an answer that is not one of STS", "check --region or --endpoint");
    }
}
