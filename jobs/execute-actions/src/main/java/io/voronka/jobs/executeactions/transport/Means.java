package io.voronka.jobs.executeactions.transport;

import io.voronka.schemas.AccountRow;
import io.voronka.schemas.MailSenderRow;
import io.voronka.schemas.SigningKeyRow;

/**
 * The control rows that an action is carried out with, as they are at its turn.
 *
 * @param signingKey null: the action names none
 * @param mailSender null: it is no mail
 */
public record Means(AccountRow account, SigningKeyRow signingKey, MailSenderRow mailSender) {}
