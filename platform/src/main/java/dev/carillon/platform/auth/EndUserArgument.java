package dev.carillon.platform.auth;

import dev.carillon.platform.http.ProblemException;
import dev.carillon.schemas.recipient.RecipientId;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Hands the calling {@link EndUser} to controllers that take one. */
public final class EndUserArgument implements HandlerMethodArgumentResolver {

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == EndUser.class;
    }

    @Override
    public EndUser resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication != null) {
            if (authentication.getPrincipal() instanceof EndUser user) {
                return user;
            }
            if (authentication.getPrincipal() instanceof Jwt jwt && jwt.getSubject() != null) {
                return new EndUser(new RecipientId(jwt.getSubject()), jwt.getClaimAsString("sid"));
            }
        }
        throw ProblemException.of(HttpStatus.UNAUTHORIZED, "an end user's token is required");
    }
}
