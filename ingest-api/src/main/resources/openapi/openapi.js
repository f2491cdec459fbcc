/* global SwaggerUIBundle */

SwaggerUIBundle({
  url: 'carillon.json',
  domNode: document.getElementById('api'),
  deepLinking: true,
  docExpansion: 'list',
  defaultModelsExpandDepth: 0,
  defaultModelRendering: 'model',
  displayRequestDuration: true,
  filter: true,
  tryItOutEnabled: true,
  // The document is checked in the build; nobody else is asked.
  validatorUrl: null,
});
