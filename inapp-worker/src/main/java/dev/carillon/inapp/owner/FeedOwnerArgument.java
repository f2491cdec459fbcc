package dev.carillon.inapp.owner;

import dev.carillon.platform.auth.EndUser;
import dev.carillon.platform.auth.EndUserArgument;
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
        return FeedOwner.of(user.id(), user.session(), request.getParameter("scope"));
    }
}
