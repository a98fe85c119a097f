package io.voronka.connectors.crm.kommo.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.schemas.CustomField;
import io.voronka.schemas.FieldValue;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every shape that the value of a custom field has in a hook. */
class FieldShapesTest {

  /** The values as {@code value/enumId/enumCode}, separated by blanks. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          text                | [0][value]=+7                                        | ' 7//'
          choice              | [0][value]=Да&[0][enum]=5                            | Да/5/
          several choices     | [0][value]=A&[0][enum]=5&[1][value]=B&[1][enum]=6    | A/5/ B/6/
          choice of REST      | [0][value]=A&[0][enum_id]=5&[0][enum_code]=WORK      | A/5/WORK
          bare date           | [0]=1412380800                                       | 1412380800//
          date with its key   | [0][value]=1412380800                                | 1412380800//
          checkbox            | [0][value]=0                                         | 0//
          radio button        | [value]=Yes&[enum]=55                                | Yes/55/
          birthday            | [0][value]=12.01.1980                                | 12.01.1980//
          without numbers     | []=1&[]=2                                            | 1// 2//
          lines of an address | [0][value]=X&[0][subtype]=address_line_1&[1][value]=Y&[1][subtype]=city | X//address_line_1 Y//city
          file                | [0][value][file_uuid]=u&[0][value][file_name]=a.pdf  | {"file_name":"a.pdf","file_uuid":"u"}//
          legal entity        | [0][value][name]=ООО&[0][value][vat_id]=77           | {"name":"ООО","vat_id":"77"}//
          nested deeper       | [0][value][a][b]=1&[0][value][a][0]=2&[0][value][c]= | {"a":{"0":"2","b":"1"},"c":""}//
          chained list        | [0][catalog_id]=1&[0][catalog_element_id]=2          | {"catalog_element_id":"2","catalog_id":"1"}//
          """)
  void isRead(String shape, String pairs, String expected) {
    StringBuilder body = new StringBuilder("leads[update][0][id]=1");
    for (String pair : pairs.split("&")) {
      body.append("&leads[update][0][custom_fields][0][values]").append(pair);
    }
    body.append("&leads[update][0][custom_fields][0][id]=7");

    List<CustomField> fields = Deliveries.only(body.toString()).getCustomFields();

    assertThat(fields).hasSize(1);
    List<String> values = new ArrayList<>();
    for (FieldValue value : fields.get(0).getValues()) {
      values.add(
          text(value.getValue()) + '/' + text(value.getEnumId()) + '/' + text(value.getEnumCode()));
    }
    assertThat(String.join(" ", values)).isEqualTo(expected);
  }

  private static String text(String text) {
    return text == null ? "" : text;
  }
}
