import type { onResponseHookHandler } from 'fastify';
import type { Auditor } from '../audit/auditor.ts';

/** What is done to others by these is written down; deleting another's message is, where that is decided. */
const moderating = [
  ['PATCH', '/channels/:id'],
  ['DELETE', '/channels/:id'],
  ['PUT', '/channels/:id/members/:user'],
  ['DELETE', '/channels/:id/members/:user'],
  ['POST', '/channels/:id/held/:user/:key'],
  ['DELETE', '/channels/:id/held/:user/:key'],
] as const;

/** After every answer: what was denied, and what was done to others. */
export function auditing(auditor: Auditor): onResponseHookHandler {
  return (request, reply, done) => {
    const { url = '', method } = request.routeOptions;
    const action = `${String(method)} ${url}`;
    const isModerating = moderating.some(([verb, path]) => method === verb && url.endsWith(path));
    const isDenied = reply.statusCode === 403;
    if (request.caller !== null && (isDenied || (isModerating && reply.statusCode < 300))) {
      auditor.note({
        actor: request.caller.identity.user,
        action,
        outcome: isDenied ? 'denied' : 'done',
        ...named('channel', request.params, 'id'),
        ...named('subject', request.params, 'user'),
      });
    }
    done();
  };
}

function named<Name extends string>(name: Name, params: unknown, field: string): { [N in Name]?: string } {
  if (typeof params !== 'object' || params === null || !(field in params)) return {};
  const value: unknown = params[field as keyof typeof params];
  return (typeof value === 'string' ? { [name]: value } : {}) as { [N in Name]?: string };
}
