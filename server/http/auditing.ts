import type { onResponseHookHandler } from 'fastify';
import type { Auditor } from '../audit/auditor.ts';

/** What is done to others by these is written down; deleting another's message is, where that is decided. */
const moderating: readonly string[] = [
  'PATCH /channels/:id',
  'DELETE /channels/:id',
  'PUT /channels/:id/members/:user',
  'DELETE /channels/:id/members/:user',
  'POST /channels/:id/held/:user/:key',
  'DELETE /channels/:id/held/:user/:key',
];

/** After every answer: what was denied, and what was done to others. Routes are named as in the description, without `basePath`. */
export function auditing(auditor: Auditor, basePath: string): onResponseHookHandler {
  return (request, reply, done) => {
    const { url = '', method } = request.routeOptions;
    const action = `${String(method)} ${url.slice(basePath.length - 1)}`;
    const isModerating = moderating.includes(action);
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
