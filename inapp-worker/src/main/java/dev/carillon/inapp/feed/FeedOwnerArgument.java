package dev.carillon.inapp.feed;

import dev.carillon.platform.auth.EndUser;
import dev.carillon.platform.auth.EndUserArgument;
import dev.carillon.schemas.recipient.LiveRecipients;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Hands the {@link FeedOwner} to controllers that take one. */
public final class FeedOwnerArgument implements HandlerMethodArgumentResolver {
    private final EndUserArgument users = new EndUserArgument();

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == FeedOwner.class;
    }

    @Override
    public FeedOwner resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        EndUser user = users.resolveArgument(parameter, container, request, binders);
        String scope = request.getParameter("scope");
        return switch (scope) {
            case null -> new FeedOwner(user.id());
            case "user" -> new FeedOwner(user.id());
            case "session" -> session(user.session());
            default -> throw Parameters.refused("scope", "one_of", "must be user or session");
        };
    }

    private static FeedOwner session(@Nullable String name) {
        if (name == null || !LiveRecipients.isSession(name)) {
            throw Parameters.refused(
                    "scope", "session", "session needs a token whose sid " + LiveRecipients.SESSION_RULE);
        }
        return new FeedOwner(LiveRecipients.session(name));
    }
}
