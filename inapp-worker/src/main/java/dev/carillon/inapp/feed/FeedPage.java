package dev.carillon.inapp.feed;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a feed, as the list call answers it.
 *
 * @param page number of this page, from 1; with a cursor always 1
 * @param pages how many pages the query has
 * @param nextCursor asks for what follows; null at the end
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record FeedPage(
        List<FeedItem> notifications,
        int unreadCount,
        int total,
        int filteredCount,
        int page,
        int perPage,
        int pages,
        int limit,
        int offset,
        @Nullable String nextCursor) {

    static FeedPage of(ListQuery query, List<FeedItem> items, FeedCounts counts, @Nullable String nextCursor) {
        return new FeedPage(
                items,
                counts.unread(),
                counts.total(),
                counts.filtered(),
                query.page(),
                query.limit(),
                Math.ceilDiv(counts.filtered(), query.limit()),
                query.limit(),
                query.offset(),
                nextCursor);
    }
}
