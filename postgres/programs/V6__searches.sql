-- What a meow has to be found by to flow into a queue, as it was typed; null is without a search.
alter table queue add feed_query text;
