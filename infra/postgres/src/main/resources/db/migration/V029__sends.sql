-- The journal of what leaves no trace tells how each send ended, too, and which life of execute-actions began it: one row for each action, with its last attempt.
-- It has another name, so that a job of an earlier version waits until it is replaced.

ALTER TABLE sends_begun RENAME TO sends;
ALTER INDEX sends_begun_by_time RENAME TO sends_by_time;

DELETE FROM sends earlier USING sends later WHERE earlier.action_id = later.action_id AND earlier.attempt < later.attempt;

ALTER TABLE sends
    DROP CONSTRAINT sends_begun_pkey,
    ADD PRIMARY KEY (action_id),
    -- Of the rows until now neither is known.
    ADD COLUMN life        text    NOT NULL DEFAULT '',
    ADD COLUMN redelivery  integer NOT NULL DEFAULT 0 CHECK (redelivery >= 0),
    -- Null: not known. AGAIN: it was not done, and may be tried again.
    ADD COLUMN ended       text    CHECK (ended IN ('CONFIRMED', 'FAILED', 'REFUSED', 'AGAIN')),
    ADD COLUMN status_code integer,
    ADD COLUMN vendor_id   text,
    ADD COLUMN reason      text,
    ADD COLUMN detail      text,
    ADD COLUMN scripts     text    NOT NULL DEFAULT '';

ALTER TABLE sends ALTER COLUMN life DROP DEFAULT, ALTER COLUMN redelivery DROP DEFAULT;
