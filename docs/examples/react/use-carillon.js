import { useCallback, useSyncExternalStore } from 'react';

/**
 * A Carillon client in React: renders again when the unread count or the connection's state changes. Make the client once,
 * outside of components, with `CarillonClient.connect({ token })`; the elements (`<carillon-bell>`, …) need no wrapper.
 *
 * @param {import('carillon-client').CarillonClient} client
 * @returns {{count: number | null, status: string}}
 */
export function useCarillon(client) {
  const count = useClient(client, 'count', () => client.count);
  const status = useClient(client, 'status', () => client.status);
  return { count, status };
}

function useClient(client, type, read) {
  const subscribe = useCallback(
    (changed) => {
      client.addEventListener(type, changed);
      return () => client.removeEventListener(type, changed);
    },
    [client, type],
  );
  return useSyncExternalStore(subscribe, read);
}
