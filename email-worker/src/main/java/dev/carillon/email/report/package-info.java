/** What others report about mails that a relay had taken: bounces and complaints. */
@NullMarked
package dev.carillon.email.report;

import org.jspecify.annotations.NullMarked;
