package io.voronka.connectors.testing.kommo;

import java.util.List;

/** Bodies as Kommo sends them to the account 31337001, acme. Names and numbers are invented. */
public final class KommoBodies {
  /** 1,558 bytes with Cyrillic, reserved characters, an enumeration, a code and a bare date. */
  public static final String GOLDEN =
      "account%5Bsubdomain%5D=acme&"
          + "account%5Bid%5D=31337001&"
          + "account%5B_links%5D%5Bself%5D=https%3A%2F%2Facme.kommo.com&"
          + "leads%5Bstatus%5D%5B0%5D%5Bid%5D=20100501&"
          + "leads%5Bstatus%5D%5B0%5D%5Bname%5D=%D0%97%D0%B0%D1%8F%D0%B2%D0%BA%D0%B0+%231+%26+co&"
          + "leads%5Bstatus%5D%5B0%5D%5Bstatus_id%5D=142&"
          + "leads%5Bstatus%5D%5B0%5D%5Bold_status_id%5D=64100200&"
          + "leads%5Bstatus%5D%5B0%5D%5Bprice%5D=999&"
          + "leads%5Bstatus%5D%5B0%5D%5Bresponsible_user_id%5D=11002200&"
          + "leads%5Bstatus%5D%5B0%5D%5Blast_modified%5D=1748268669&"
          + "leads%5Bstatus%5D%5B0%5D%5Bmodified_user_id%5D=0&"
          + "leads%5Bstatus%5D%5B0%5D%5Bcreated_user_id%5D=11002200&"
          + "leads%5Bstatus%5D%5B0%5D%5Bdate_create%5D=1748268000&"
          + "leads%5Bstatus%5D%5B0%5D%5Bpipeline_id%5D=7300100&"
          + "leads%5Bstatus%5D%5B0%5D%5Btags%5D%5B0%5D%5Bid%5D=482205&"
          + "leads%5Bstatus%5D%5B0%5D%5Btags%5D%5B0%5D%5Bname%5D=vip&"
          + "leads%5Bstatus%5D%5B0%5D%5Baccount_id%5D=31337001&"
          + "leads%5Bstatus%5D%5B0%5D%5Bcustom_fields%5D%5B0%5D%5Bid%5D=575809&"
          + "leads%5Bstatus%5D%5B0%5D%5Bcustom_fields%5D%5B0%5D%5Bname%5D=Phone&"
          + "leads%5Bstatus%5D%5B0%5D%5Bcustom_fields%5D%5B0%5D%5Bvalues%5D%5B0%5D%5Bvalue%5D=%2B79991234567&"
          + "leads%5Bstatus%5D%5B0%5D%5Bcustom_fields%5D%5B0%5D%5Bvalues%5D%5B0%5D%5Benum%5D=311321&"
          + "leads%5Bstatus%5D%5B0%5D%5Bcustom_fields%5D%5B0%5D%5Bcode%5D=PHONE&"
          + "leads%5Bstatus%5D%5B0%5D%5Bcustom_fields%5D%5B1%5D%5Bid%5D=427271&"
          + "leads%5Bstatus%5D%5B0%5D%5Bcustom_fields%5D%5B1%5D%5Bname%5D=Date&"
          + "leads%5Bstatus%5D%5B0%5D%5Bcustom_fields%5D%5B1%5D%5Bvalues%5D%5B0%5D=1412380800&"
          + "leads%5Bstatus%5D%5B0%5D%5Bcreated_at%5D=1748268000&"
          + "leads%5Bstatus%5D%5B0%5D%5Bupdated_at%5D=1748268669";

  private KommoBodies() {}

  /** One, and batches of everything, each under 4 kB. */
  public static List<KommoBody> all() {
    return List.of(
        KommoBody.of(GOLDEN, "leads[status][0]"),
        goldenTwice(),
        leadsAndContacts(),
        tasksAndNotes(),
        chats(),
        pipelineAndCustomers());
  }

  private static KommoBody goldenTwice() {
    String second =
        GOLDEN
            .substring(GOLDEN.indexOf("&leads") + 1)
            .replace("%5Bstatus%5D%5B0%5D", "%5Bstatus%5D%5B17%5D")
            .replace("=20100501", "=20100502");
    return KommoBody.of(GOLDEN + '&' + second, "leads[status][0]", "leads[status][17]");
  }

  private static KommoBody leadsAndContacts() {
    return KommoBody.of(
        "account[subdomain]=acme&account[id]=31337001"
            + "&leads[update][0][id]=1&leads[update][0][name]=%D0%97%D0%B0&leads[update][1][id]=2"
            + "&leads[update][1][custom_fields][0][id]=7&leads[update][1][custom_fields][0][values][value]=Yes"
            + "&leads[update][1][custom_fields][0][values][enum]=55&leads[update][5][id]=3"
            + "&leads[update][5][tags][0][name]=vip&contacts[update][0][id]=9&contacts[update][0][type]=company"
            + "&contacts[update][1][id]=10&contacts[update][1][type]=contact"
            + "&contacts[update][1][linked_leads_id][100][ID]=100",
        "leads[update][0]",
        "leads[update][1]",
        "leads[update][5]",
        "contacts[update][0]",
        "contacts[update][1]");
  }

  private static KommoBody tasksAndNotes() {
    return KommoBody.of(
        "task[update][0][0][id]=11122233&task[update][0][0][element_type]=2"
            + "&task[update][0][0][element_id]=5&task[update][0][0][action_close]=1"
            + "&task[update][0][1][id]=11122234&task[update][0][1][text]=Call+back"
            + "&leads[note][0][note][id]=900&leads[note][0][note][note_type]=10"
            + "&leads[note][0][note][text]=%7B%22DURATION%22%3A5%7D&leads[note][1][id]=901"
            + "&leads[note][1][note_type]=4&leads[note][1][text]=%D0%94%D0%B0&account[id]=31337001",
        "task[update][0][0]", "task[update][0][1]", "leads[note][0]", "leads[note][1]");
  }

  private static KommoBody chats() {
    return KommoBody.of(
        "message[add][0][id]=m1&message[add][0][chat_id]=c1&message[add][0][text]=&message[add][1][id]=m2"
            + "&message[add][1][entity_type]=lead&message[add][1][entity_id]=4&add[0][id]=m3&add[0][chat_id]=c3"
            + "&add[1][id]=15&add[1][type]=waba&talk[update][0][talk_id]=174&talk[update][0][is_in_work]=1"
            + "&unsorted[delete][0][action]=accept&unsorted[delete][0][uid]=ab&unsorted[delete][0][accept_result][leads][0]=8"
            + "&catalogs[add][3][id]=6&catalogs[add][3][name]=x&leads[delete][0]=5&leads[delete][1][id]=6",
        "message[add][0]",
        "message[add][1]",
        "add[0]",
        "add[1]",
        "talk[update][0]",
        "unsorted[delete][0]",
        "catalogs[add][3]",
        "leads[delete][0]",
        "leads[delete][1]");
  }

  private static KommoBody pipelineAndCustomers() {
    return KommoBody.of(
        "leads[call_in][0][id]=31&leads[call_in][0][pipeline_id]=7300100&leads[call_in][0][status_id]=64100200"
            + "&leads[call_in][0][old_status_id]=64100100&leads[responsible][0][id]=32"
            + "&leads[responsible][0][responsible_user_id]=2&leads[responsible][0][old_responsible_user_id]=1"
            + "&customers[period][2][id]=41&customers[period][2][period_id]=3&customers[period][2][old_period_id]=2"
            + "&outgoing_message[add][0][id]=o1&outgoing_message[add][0][chat_id]=c9"
            + "&outgoing_message[add][0][text]=%D0%9F%D1%80%D0%B8%D0%B2%D0%B5%D1%82%2C+Ol%C3%A9"
            + "&account[id]=31337001&account[subdomain]=acme",
        "leads[call_in][0]",
        "leads[responsible][0]",
        "customers[period][2]",
        "outgoing_message[add][0]");
  }
}
