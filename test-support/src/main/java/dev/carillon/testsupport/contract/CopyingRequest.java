package dev.carillon.testsupport.contract;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** A request that remembers what was read of its body as bytes. */
final class CopyingRequest extends HttpServletRequestWrapper {
    private final ByteArrayOutputStream copy = new ByteArrayOutputStream();

    CopyingRequest(HttpServletRequest request) {
        super(request);
    }

    byte[] copy() {
        return copy.toByteArray();
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        ServletInputStream real = super.getInputStream();
        return new ServletInputStream() {
            @Override
            public int read() throws IOException {
                int next = real.read();
                if (next >= 0) {
                    copy.write(next);
                }
                return next;
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                int count = real.read(into, offset, length);
                if (count > 0) {
                    copy.write(into, offset, count);
                }
                return count;
            }

            @Override
            public boolean isFinished() {
                return real.isFinished();
            }

            @Override
            public boolean isReady() {
                return real.isReady();
            }

            @Override
            public void setReadListener(ReadListener listener) {
                real.setReadListener(listener);
            }
        };
    }
}
