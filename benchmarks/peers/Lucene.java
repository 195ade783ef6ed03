// Lucene in a Java machine, speaking the lines of benchmarks/worker.py:
// java -cp LUCENE.jar Lucene.java build|serve FOLDER CORPUS. CPU times are those of the one thread that works.

import java.io.*;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.util.*;
import org.apache.lucene.analysis.*;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.miscellaneous.PerFieldAnalyzerWrapper;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.document.*;
import org.apache.lucene.index.*;
import org.apache.lucene.search.*;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;

public class Lucene {
    static final String[] FIELDS = {"title", "body"};
    static final float[] WEIGHTS = {2, 1};

    static Analyzer analyzer(boolean stemmed) {
        return new Analyzer() {
            protected TokenStreamComponents createComponents(String field) {
                Tokenizer words = new StandardTokenizer();
                TokenStream lower = new LowerCaseFilter(words);
                return new TokenStreamComponents(words, stemmed ? new PorterStemFilter(lower) : lower);
            }
        };
    }

    static double cpuMillis() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e6;
    }

    static double processSeconds() {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return system.getProcessCpuTime() / 1e9;
    }

    static double peakMegabytes() throws IOException {
        for (String line : Files.readAllLines(Paths.get("/proc/self/status")))
            if (line.startsWith("VmHWM:")) return Double.parseDouble(line.replaceAll("\\D", "")) / 1024;
        return 0;
    }

    static int day(String value) {
        return value.isEmpty() ? 0 : Integer.parseInt(value.replace("-", ""));
    }

    // --- building ---

    static void build(Path folder, Path corpus) throws IOException {
        double cpu = processSeconds(), wall = System.nanoTime() / 1e9;
        var analyzers = Map.of("title_words", analyzer(false), "body_words", analyzer(false));
        var config = new IndexWriterConfig(new PerFieldAnalyzerWrapper(analyzer(true), analyzers));
        config.setRAMBufferSizeMB(512);
        config.setUseCompoundFile(false);
        try (var writer = new IndexWriter(FSDirectory.open(folder), config);
                var lines = Files.newBufferedReader(corpus, StandardCharsets.UTF_8)) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine())
                writer.addDocument(document(number++, line.split("\t", -1)));
            writer.forceMerge(1);
            writer.commit();
        }
        reply("{\"cpu\": %.3f, \"wall\": %.3f, \"rss\": %.1f}",
                processSeconds() - cpu, System.nanoTime() / 1e9 - wall, peakMegabytes());
    }

    static Document document(int number, String[] row) {
        var document = new Document();
        document.add(new StringField("id", "n" + number, Field.Store.YES));
        String[] texts = {row[2], row[3]};
        for (int i = 0; i < FIELDS.length; i++) {
            document.add(new TextField(FIELDS[i], texts[i], Field.Store.YES));
            document.add(new TextField(FIELDS[i] + "_words", texts[i], Field.Store.NO));
        }
        String month = row[0].isEmpty() ? "none" : row[0].substring(0, 7);
        document.add(new StringField("source", row[1], Field.Store.YES));
        document.add(new SortedDocValuesField("source", new BytesRef(row[1])));
        document.add(new SortedDocValuesField("month", new BytesRef(month)));
        document.add(new IntPoint("day", day(row[0])));
        document.add(new NumericDocValuesField("day", day(row[0])));
        return document;
    }

    // --- searching ---

    static void serve(Path folder) throws Exception {
        var reader = DirectoryReader.open(FSDirectory.open(folder));
        var searcher = new IndexSearcher(reader);
        searcher.setQueryCache(null);
        reply("{}");
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.isEmpty()) {
                reply("{\"rss\": %.1f}", peakMegabytes());
                continue;
            }
            String[] asked = line.split("\t", -1);
            int repeats = Integer.parseInt(asked[1]);
            double[] again = new double[repeats];
            double start = cpuMillis();
            long matches = answer(searcher, asked);
            double first = cpuMillis() - start;
            for (int i = 0; i < repeats; i++) {
                start = cpuMillis();
                answer(searcher, asked);
                again[i] = cpuMillis() - start;
            }
            Arrays.sort(again);
            double median = repeats == 0 ? first : (again[(repeats - 1) / 2] + again[repeats / 2]) / 2;
            reply("{\"first\": %.4f, \"again\": %.4f, \"matches\": %d}", first, median, matches);
        }
    }

    /** Ask is: ask, repeats, kind, words, source, start, end. */
    static long answer(IndexSearcher searcher, String[] ask) throws Exception {
        boolean facets = ask[0].equals("facets"), byDay = ask[2].equals("date");
        Query query = query(ask);
        var newest = new Sort(new SortField("day", SortField.Type.INT, true));
        int threshold = facets ? Integer.MAX_VALUE : 1000;
        TopDocsCollector<?> top = byDay
                ? TopFieldCollector.create(newest, 10, threshold)
                : TopScoreDocCollector.create(10, threshold);
        if (facets) {
            var counts = new Counts();
            searcher.search(query, MultiCollector.wrap(top, counts));
            counts.finish();
        } else searcher.search(query, top);
        for (ScoreDoc hit : top.topDocs().scoreDocs) searcher.storedFields().document(hit.doc);
        return facets ? top.getTotalHits() : -1;
    }

    static Query query(String[] ask) throws Exception {
        Query words = words(ask[2], ask[3].split(" "));
        if (!ask[4].isEmpty()) return filtered(words, new TermQuery(new Term("source", ask[4])));
        if (!ask[5].isEmpty()) return filtered(words, IntPoint.newRangeQuery("day", day(ask[5]), day(ask[6])));
        return words;
    }

    static Query filtered(Query words, Query filter) {
        return new BooleanQuery.Builder()
                .add(words, BooleanClause.Occur.MUST).add(filter, BooleanClause.Occur.FILTER).build();
    }

    static Query words(String kind, String[] words) throws Exception {
        if (kind.equals("phrase") || kind.equals("prefix") || kind.equals("fuzzy")) return anywhere(kind, words);
        var all = new BooleanQuery.Builder();
        var occur = kind.equals("or") ? BooleanClause.Occur.SHOULD : BooleanClause.Occur.MUST;
        for (String word : words) all.add(anywhere("term", new String[] {word}), occur);
        return all.build();
    }

    static Query anywhere(String kind, String[] words) throws Exception {
        var either = new BooleanQuery.Builder();
        for (int i = 0; i < FIELDS.length; i++) {
            Query query = leaf(kind, FIELDS[i], words);
            either.add(new BoostQuery(query, WEIGHTS[i]), BooleanClause.Occur.SHOULD);
        }
        return either.build();
    }

    static Query leaf(String kind, String field, String[] words) throws Exception {
        if (kind.equals("prefix")) return new PrefixQuery(new Term(field + "_words", words[0]));
        if (kind.equals("fuzzy")) return new FuzzyQuery(new Term(field + "_words", words[0]), 1, 1);
        if (kind.equals("term")) return new TermQuery(new Term(field, stem(words[0])));
        var phrase = new PhraseQuery.Builder();
        for (String word : words) phrase.add(new Term(field, stem(word)));
        return phrase.build();
    }

    static final Analyzer STEMMING = analyzer(true);

    static String stem(String word) throws IOException {
        try (TokenStream tokens = STEMMING.tokenStream("body", word)) {
            var text = tokens.addAttribute(org.apache.lucene.analysis.tokenattributes.CharTermAttribute.class);
            tokens.reset();
            tokens.incrementToken();
            return text.toString();
        }
    }

    /** Counts sources and months of all matches. */
    static class Counts extends SimpleCollector {
        static final String[] NAMES = {"source", "month"};
        final List<Map<String, Integer>> totals = List.of(new HashMap<>(), new HashMap<>());
        SortedDocValues[] columns;
        int[][] counts;

        protected void doSetNextReader(LeafReaderContext context) throws IOException {
            finish();
            columns = new SortedDocValues[NAMES.length];
            counts = new int[NAMES.length][];
            for (int i = 0; i < NAMES.length; i++) {
                columns[i] = DocValues.getSorted(context.reader(), NAMES[i]);
                counts[i] = new int[columns[i].getValueCount()];
            }
        }

        public void collect(int document) throws IOException {
            for (int i = 0; i < columns.length; i++)
                if (columns[i].advanceExact(document)) counts[i][columns[i].ordValue()]++;
        }

        public void finish() throws IOException {
            for (int i = 0; columns != null && i < columns.length; i++)
                for (int value = 0; value < counts[i].length; value++)
                    if (counts[i][value] > 0)
                        totals.get(i).merge(columns[i].lookupOrd(value).utf8ToString(), counts[i][value], Integer::sum);
            columns = null;
        }

        public ScoreMode scoreMode() {
            return ScoreMode.COMPLETE_NO_SCORES;
        }
    }

    static void reply(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
        System.out.flush();
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Paths.get(arguments[1]);
        if (arguments[0].equals("build")) build(folder, Paths.get(arguments[2]));
        else serve(folder);
    }
}
