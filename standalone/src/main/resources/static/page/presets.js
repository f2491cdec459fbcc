/** Examples that fill the form; `type` names are those of the demo's catalogue, where a template may make the title. */
export const PRESETS = [
  {
    label: 'Invoice paid',
    event: { type: 'invoice.paid', title: 'Invoice INV-2041 was paid', body: 'Northwind settled €1,280.00. The receipt is with the invoice.', action_url: '/?invoice=2041', level: 'success', category: 'billing', priority: 'normal' },
  },
  {
    label: 'Build failed',
    event: { type: 'build.failed', title: 'Build #318 failed on main', body: '2 of 1,204 tests failed in checkout-service.', action_url: '/?build=318', level: 'error', category: 'ci', priority: 'high', group: 'build-main' },
  },
  {
    label: 'Mention',
    event: { type: 'comment.mention', title: 'Bob mentioned you in “Launch plan”', body: '“Could you look at the numbers before Thursday?”', action_url: '/?doc=launch', level: 'info', category: 'social', priority: 'normal', actor: { id: 'bob', name: 'Bob' } },
  },
  {
    label: 'New sign-in',
    event: { type: 'security.sign_in', title: 'New sign-in to your account', body: 'Firefox on Linux, near Vienna. If this was not you, change your password now.', action_url: '/?security', level: 'warning', category: 'security', priority: 'urgent' },
  },
  {
    label: 'Project shared',
    event: { type: 'project.shared', priority: 'normal', actor: { id: 'bob', name: 'Bob' }, data: { project: 'Apollo', project_id: 'p-7' } },
  },
  {
    label: 'Weekly report',
    event: { type: 'report.weekly', title: 'Your week in numbers', body: '42 deliveries, 3 held during quiet hours, none lost.', action_url: '/?report=47', level: 'info', category: 'report', priority: 'low' },
  },
];
