-- A client's message that is one of these words and nothing else opts the client out. NULL: the usual ones; an empty list: none.

ALTER TABLE tenants ADD COLUMN opt_out_words jsonb CHECK (is_list_of_texts(opt_out_words, 20));
