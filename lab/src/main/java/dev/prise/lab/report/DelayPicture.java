package dev.prise.lab.report;

import dev.prise.lab.run.Client;
import dev.prise.lab.run.Observation;
import dev.prise.lab.scenario.Scenario;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiPredicate;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The sweep of IPv6's delay as a picture: how long each client took, and which family won. */
final class DelayPicture {
    private static final int WIDTH = 1000;
    private static final int HEIGHT = 560;

    /** A client has a mark at each so many milliseconds of delay, not at the same ones as its neighbour. */
    private static final int MARK_EVERY_MILLIS = 80;

    private static final int MARK_SHIFT_MILLIS = 5;

    private static final Color OURS = Color.BLACK;
    private static final Color[] OTHERS = {
        new Color(0xd62728),
        new Color(0x1f77b4),
        new Color(0x2ca02c),
        new Color(0xff7f0e),
        new Color(0x9467bd),
        new Color(0x8c564b),
        new Color(0xe377c2),
        new Color(0x17a2b8),
    };
    private static final float[] DASH = {6, 4};

    private final Study study;
    private final XYChart chart = new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .xAxisTitle("delay of IPv6, ms  (● IPv6 wins, ○ IPv4 wins)")
            .yAxisTitle("connected after, ms")
            .build();

    private DelayPicture(Study study) {
        this.study = study;
    }

    /** The picture as SVG. */
    static String svg(Study study) throws IOException {
        DelayPicture picture = new DelayPicture(study);
        picture.style();
        picture.draw();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        VectorGraphicsEncoder.saveVectorGraphic(picture.chart, out, VectorGraphicsEncoder.VectorGraphicsFormat.SVG);
        return SvgText.compact(out.toString(StandardCharsets.UTF_8));
    }

    private void style() {
        Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
        chart.getStyler()
                .setDefaultSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Line)
                .setAxisTitleFont(font)
                .setAxisTickLabelsFont(font)
                .setXAxisMin(0.0)
                .setXAxisMax(400.0)
                .setYAxisMin(0.0)
                .setLocale(Locale.ROOT)
                .setXAxisTickMarkSpacingHint(90)
                .setYAxisTickMarkSpacingHint(55)
                .setPlotGridLinesColor(new Color(0xe4e4e4))
                .setLegendPosition(Styler.LegendPosition.OutsideE)
                .setLegendBorderColor(Color.WHITE)
                .setLegendFont(font)
                .setChartBackgroundColor(Color.WHITE)
                .setMarkerSize(7);
    }

    /** Where all values are equally spaced, XChart labels every so many of them, not round numbers; so one is not. */
    private void addUnevenValue() {
        chart.addSeries("uneven", new double[] {1}, new double[] {0})
                .setMarker(SeriesMarkers.NONE)
                .setShowInLegend(false);
    }

    /** Lines first, so that no line hides a mark. */
    private void draw() {
        addUnevenValue();
        List<Client> clients = study.clients();
        for (int at = 0; at < clients.size(); at++) {
            drawLine(clients.get(at), at);
        }
        for (int at = 0; at < clients.size(); at++) {
            drawMarks(clients.get(at), at);
        }
    }

    private void drawLine(Client client, int index) {
        Points points = points(client, (winner, delay) -> true);
        if (points.x.isEmpty()) {
            return;
        }
        XYSeries series = chart.addSeries(client.name(), points.x, points.y);
        series.setMarker(SeriesMarkers.NONE).setLineColor(color(client, index)).setLineStyle(stroke(client, index));
    }

    private static BasicStroke stroke(Client client, int index) {
        float[] dash = !client.isPrise() && index >= OTHERS.length ? DASH : null;
        return new BasicStroke(client.isPrise() ? 4 : 1.4f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, dash, 0);
    }

    private static Color color(Client client, int index) {
        return client.isPrise() ? OURS : OTHERS[index % OTHERS.length];
    }

    private void drawMarks(Client client, int index) {
        int first = index * MARK_SHIFT_MILLIS % MARK_EVERY_MILLIS;
        for (String family : List.of("6", "4")) {
            Points points =
                    points(client, (winner, delay) -> winner.startsWith(family) && delay % MARK_EVERY_MILLIS == first);
            if (!points.x.isEmpty()) {
                XYSeries series = chart.addSeries(client.name() + " by IPv" + family, points.x, points.y);
                series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter)
                        .setShowInLegend(false);
                series.setMarker(new Dot(family.equals("4"))).setMarkerColor(color(client, index));
            }
        }
    }

    private Points points(Client client, BiPredicate<String, Integer> wanted) {
        Points points = new Points();
        for (Scenario part : study.sweep("cad")) {
            for (Observation run : study.runs(part, client)) {
                if (run.connectedMillis() != null && run.winner() != null && wanted.test(run.winner(), part.value())) {
                    points.x.add(part.value());
                    points.y.add(run.connectedMillis());
                }
            }
        }
        return points;
    }

    /** A dot, or a ring. */
    private static final class Dot extends Marker {
        private final boolean hollow;

        Dot(boolean hollow) {
            this.hollow = hollow;
        }

        @Override
        public void paint(Graphics2D graphics, double x, double y, int size) {
            Ellipse2D circle = new Ellipse2D.Double(x - size / 2.0, y - size / 2.0, size, size);
            Color color = graphics.getColor();
            graphics.setColor(hollow ? Color.WHITE : color);
            graphics.fill(circle);
            graphics.setColor(color);
            graphics.setStroke(new BasicStroke(1.3f));
            graphics.draw(circle);
        }
    }

    /** Points from left to right. */
    private static final class Points {
        private final List<Integer> x = new ArrayList<>();
        private final List<Double> y = new ArrayList<>();
    }
}
