/*
 * The service worker of a site, and the test's hand in it: no protocol of a browser clicks a notification. The page says
 * {click: true}, and is answered with the address that the click wanted to be opened in a window.
 */
importScripts('/client/carillon-sw.js');

self.addEventListener('message', (event) => {
  if (event.data?.click) event.waitUntil(click(event.ports[0]));
});

async function click(port) {
  const [notification] = await self.registration.getNotifications();
  const opened = new Promise((resolve) => (self.clients.openWindow = async (url) => resolve(url)));
  // An event made by a script may not be waited for.
  ExtendableEvent.prototype.waitUntil = () => {};
  self.dispatchEvent(new NotificationEvent('notificationclick', { notification }));
  port.postMessage(await opened);
}
