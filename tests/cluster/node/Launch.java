import static org.codelibs.opensearch.runner.OpenSearchRunner.newConfigs;

import java.util.stream.IntStream;
import org.codelibs.opensearch.runner.OpenSearchRunner;

/** One OpenSearch node in this process: `java Launch.java NUMBER NODES FOLDER PORT [NAME=VALUE ...]`. */
public class Launch {
  public static void main(String[] arguments) throws Exception {
    int number = Integer.parseInt(arguments[0]);
    int nodes = Integer.parseInt(arguments[1]);
    String folder = arguments[2];
    int port = Integer.parseInt(arguments[3]);
    OpenSearchRunner runner = new OpenSearchRunner();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> close(runner)));
    runner.onBuild((count, settings) -> {
      settings.put("node.name", "n" + number);
      settings.put("network.host", "127.0.0.1");
      settings.put("discovery.type", "zen");
      settings.put("http.port", String.valueOf(port + number));
      settings.put("transport.port", String.valueOf(port + 100 + number));
      settings.put("node.processors", "1");
      settings.putList("node.roles", "cluster_manager", "data", "ingest");
      settings.put("action.auto_create_index", "false");
      settings.put("cluster.info.update.interval", "10s");
      settings.putList("path.repo", folder + "/snapshots");
      settings.putList("discovery.seed_hosts", names(nodes, j -> "127.0.0.1:" + (port + 100 + j)));
      settings.putList("cluster.initial_cluster_manager_nodes", names(nodes, j -> "n" + j));
      for (int i = 4; i < arguments.length; i++) {
        String[] pair = arguments[i].split("=", 2);
        settings.put(pair[0], pair[1]);
      }
    });
    runner.build(newConfigs().basePath(folder + "/n" + number).numOfNode(1).clusterName("dateline-test"));
    while (System.in.read() >= 0) {
      // whoever started the node holds the other end; a node must not outlive them
    }
    Runtime.getRuntime().halt(0);
  }

  private static String[] names(int count, java.util.function.IntFunction<String> name) {
    return IntStream.rangeClosed(1, count).mapToObj(name).toArray(String[]::new);
  }

  private static void close(OpenSearchRunner runner) {
    try {
      runner.close();
    } catch (Exception error) {
      error.printStackTrace();
    }
  }
}
