package io.voronka.connectors.changecapture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class PasswordLogTest {

  @Test
  void theClassThatWritesThePasswordIsSilenced() {
    Configurator.setLevel(PasswordLog.TALKATIVE, Level.INFO);
    assertThat(LoggerFactory.getLogger(PasswordLog.TALKATIVE).isInfoEnabled()).isTrue();

    PasswordLog.silence();

    assertThat(LoggerFactory.getLogger(PasswordLog.TALKATIVE).isInfoEnabled()).isFalse();
  }

  @Test
  void theClassIsStillThere() {
    assertThatCode(() -> Class.forName(PasswordLog.TALKATIVE, false, getClass().getClassLoader()))
        .doesNotThrowAnyException();
  }
}
