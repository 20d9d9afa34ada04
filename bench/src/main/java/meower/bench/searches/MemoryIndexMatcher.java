package meower.bench.searches;

import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.memory.MemoryIndex;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FuzzyQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.util.QueryBuilder;

/**
 * What one would write with Lucene: an index of one text, and each query asked of it. Words may
 * have a typing error and go on, as Meower's; there is nothing of what Meower knows of names, tags
 * and scripts.
 */
final class MemoryIndexMatcher implements Matcher {

  private static final String FIELD = "body";

  /** Shorter words have no error forgiven. */
  private static final int FORGIVEN = 4;

  private final Analyzer analyzer = new StandardAnalyzer();
  private final List<Query> queries;

  MemoryIndexMatcher(List<String> queries) {
    this.queries = queries.stream().map(this::query).toList();
  }

  @Override
  public int matching(String body) {
    MemoryIndex index = new MemoryIndex();
    index.addField(FIELD, body, analyzer);
    index.freeze();
    int found = 0;
    for (Query query : queries) {
      found += index.search(query) > 0 ? 1 : 0;
    }
    return found;
  }

  private Query query(String text) {
    if (text.startsWith("\"")) {
      return new QueryBuilder(analyzer).createPhraseQuery(FIELD, text);
    }
    List<Query> words = new ArrayList<>();
    for (String word : text.strip().replace("#", "").split(" ", -1)) {
      words.add(word(word, !text.endsWith(" ")));
    }
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    words.forEach(word -> all.add(word, Occur.MUST));
    return all.build();
  }

  private static Query word(String word, boolean open) {
    Term term = new Term(FIELD, word);
    BooleanQuery.Builder any = new BooleanQuery.Builder();
    any.add(new FuzzyQuery(term, word.length() < FORGIVEN ? 0 : 1, 1), Occur.SHOULD);
    if (open) {
      any.add(new PrefixQuery(term), Occur.SHOULD);
    }
    return any.build();
  }
}
