package io.voronka.infra.local.stack;

/** The names under which ports are asked for and remembered. */
public final class PortNames {

  public static final String KAFKA = "kafka";
  public static final String KAFKA_CONTROLLER = "kafka-controller";
  public static final String POSTGRES = "postgres";
  public static final String FLINK_REST = "flink";
  public static final String FLINK_RPC = "flink-rpc";
  public static final String GATEWAY = "gateway";
  public static final String GATEWAY_ADMIN = "gateway-admin";
  public static final String SANDBOX = "sandbox";
  public static final String SANDBOX_SMTP = "sandbox-smtp";

  private PortNames() {}
}
