package io.voronka.schemas;

/**
 * What clients have said themselves about being written to: the records of {@code opt-outs.heard}.
 * One record for one recipient, the last one counts; what is taken back stays as a record, so that
 * an old webhook that is put in again does not opt anybody out anew.
 */
public final class HeardOptOuts {
  /** A message that is one of the tenant's words. */
  public static final String WORD = "word";

  /** The link that a mail carries. */
  public static final String LINK = "link";

  private HeardOptOuts() {}

  /**
   * Does not want to be written to.
   *
   * @param recipient as {@link RecipientKeys} has it
   * @param way {@link #WORD} or {@link #LINK}
   * @param at when it was said, epoch milliseconds
   * @param cause the event or the action that it came with
   */
  public static ControlChange said(
      String tenantId, String recipient, String way, long at, String cause) {
    return change(row(tenantId, recipient, at).setWay(way).setCause(cause));
  }

  /**
   * May be written to again.
   *
   * @param at what was said until then does not count any more, epoch milliseconds
   */
  public static ControlChange undone(String tenantId, String recipient, long at) {
    return change(row(tenantId, recipient, at).setUndone(true));
  }

  /** Whether something that was said at a moment (epoch milliseconds) is new to what is known. */
  public static boolean tellsMore(OptOutRow known, long saidAt) {
    return known == null || known.getUndone() && (known.getAt() == null || known.getAt() < saidAt);
  }

  private static OptOutRow.Builder row(String tenantId, String recipient, long at) {
    return OptOutRow.newBuilder().setTenantId(tenantId).setRecipient(recipient).setAt(at);
  }

  private static ControlChange change(OptOutRow.Builder row) {
    return ControlChange.newBuilder()
        .setTable(ControlTable.HEARD_OPT_OUTS)
        .setOp(ControlOp.UPSERT)
        .setGeneration(0)
        .setOptOut(row.build())
        .build();
  }
}
