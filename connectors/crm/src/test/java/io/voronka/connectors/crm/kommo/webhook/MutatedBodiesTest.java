package io.voronka.connectors.crm.kommo.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.connectors.testing.kommo.DamagedBodies;
import io.voronka.connectors.testing.kommo.DamagedBodies.Damaged;
import io.voronka.connectors.testing.kommo.KommoBodies;
import io.voronka.connectors.testing.kommo.KommoBody;
import io.voronka.schemas.CrmEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Whatever happens to one entity, those whose pairs are all still there, byte by byte, decode as
 * before. What is answered and archived is tested in the gateway, with the same bodies.
 */
class MutatedBodiesTest {
  private static final int MUTATIONS = 100_000;
  private static final long SEED = 20_260_501L;

  /** The event that each entity alone gives, by body and prefix. */
  private final Map<KommoBody, Map<String, CrmEvent>> expected = new HashMap<>();

  private int untouchedChecked;
  private int mismatches;

  @Test
  void entitiesThatAMutationDidNotTouchDecodeEqual() {
    List<KommoBody> bodies = KommoBodies.all();
    for (KommoBody body : bodies) {
      Map<String, CrmEvent> events = new HashMap<>();
      body.entities().forEach(entity -> events.put(entity, Deliveries.only(body.alone(entity))));
      assertThat(Deliveries.decode(body.bytes()).events())
          .containsExactlyElementsOf(body.entities().stream().map(events::get).toList());
      expected.put(body, events);
    }

    DamagedBodies.of(bodies, MUTATIONS, SEED).forEach(this::check);

    // or the mutations were so coarse, or the account so often broken, that nothing was proved
    assertThat(untouchedChecked).isGreaterThan(2 * MUTATIONS);
    assertThat(mismatches).isLessThan(MUTATIONS / 5);
  }

  private void check(Damaged damaged) {
    Decoded decoded = Deliveries.decode(damaged.bytes());
    assertThat(decoded.rejection() == null).isEqualTo(!decoded.events().isEmpty());
    Set<String> untouched = damaged.original().untouchedIn(damaged.bytes());
    if (decoded.rejection() == RejectionReason.ACCOUNT_MISMATCH) {
      mismatches++;
      assertThat(untouched).as("%s", damaged).doesNotContain(KommoBody.ACCOUNT);
      return;
    }
    expected
        .get(damaged.original())
        .forEach(
            (entity, event) -> {
              if (untouched.contains(entity)) {
                untouchedChecked++;
                if (decoded.events().stream().noneMatch(one -> same(one, event))) {
                  throw new AssertionError(
                      entity + " is lost or changed in " + damaged + "\n" + decoded);
                }
              }
            });
  }

  /**
   * What equals says, without Avro's walk over the schema, which would take most of this test's
   * time.
   */
  private static boolean same(CrmEvent one, CrmEvent other) {
    return one.getId().equals(other.getId())
        && one.getKind() == other.getKind()
        && one.getFields().equals(other.getFields())
        && one.getPrevious().equals(other.getPrevious())
        && one.getCustomFields().equals(other.getCustomFields())
        && Objects.equals(one.getTags(), other.getTags())
        && one.getLinks().equals(other.getLinks())
        && one.getEntityId().equals(other.getEntityId())
        && one.getEntityType() == other.getEntityType()
        && one.getSubjectId().equals(other.getSubjectId())
        && one.getSubjectType() == other.getSubjectType()
        && Objects.equals(one.getOccurredAt(), other.getOccurredAt())
        && Objects.equals(one.getActorId(), other.getActorId());
  }
}
