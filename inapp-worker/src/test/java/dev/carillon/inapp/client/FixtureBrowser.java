package dev.carillon.inapp.client;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.carillon.testsupport.browser.Chromium;
import java.util.List;
import java.util.function.Consumer;

/** A browser that opens {@link FixturePage}s, each for a visitor of its own. */
final class FixtureBrowser implements AutoCloseable {
    static final int WIDE = 1100;
    static final int PHONE = 390;

    private final Chromium chromium;

    private FixtureBrowser(Chromium chromium) {
        this.chromium = chromium;
    }

    static FixtureBrowser start() {
        return new FixtureBrowser(Chromium.start());
    }

    void visit(int width, String wanted, Consumer<FixturePage> test) {
        visit(width, wanted, 5, test);
    }

    /** @param unread as the bell says when the page is complete */
    void visit(int width, String wanted, int unread, Consumer<FixturePage> test) {
        visit(width, wanted, unread, page -> {}, test);
    }

    /** A page whose time the test moves with {@link Page#clock()}. */
    void visitWithClock(int width, String wanted, Consumer<FixturePage> test) {
        visit(width, wanted, 5, page -> page.clock().install(), test);
    }

    /** @param first happens before anything of the page runs */
    void visit(int width, String wanted, int unread, Consumer<Page> first, Consumer<FixturePage> test) {
        try (BrowserContext visitor = chromium.visitor(width, 800)) {
            visitor.grantPermissions(List.of("notifications"));
            test.accept(FixturePage.open(visitor, wanted, unread, first));
        }
    }

    @Override
    public void close() {
        chromium.close();
    }
}
