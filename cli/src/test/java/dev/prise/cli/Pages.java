package dev.prise.cli;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Reads pages, which are well-formed XML. */
final class Pages {
    private Pages() {}

    static Document parsed(String page) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(page)));
    }

    /** The elements of a name within another, in the order of the page. */
    static List<Element> all(Element within, String name) {
        List<Element> found = new ArrayList<>();
        NodeList nodes = within.getElementsByTagName(name);
        for (int i = 0; i < nodes.getLength(); i++) {
            found.add((Element) nodes.item(i));
        }
        return found;
    }

    /** Those of them that have a class. */
    static List<Element> all(Element within, String name, String cssClass) {
        return all(within, name).stream()
                .filter(one -> List.of(one.getAttribute("class").split(" ", -1)).contains(cssClass))
                .toList();
    }

    /** What a reader sees of an element. */
    static String text(Element element) {
        return element.getTextContent().replaceAll("[\\s\u00a0]+", " ").strip();
    }
}
