import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { ChannelFilter, Id, Key, Sender, Time, UserId } from '../../../protocol/entities.ts';
import { eraseUser } from '../../channels/erase-user.ts';
import { decide } from '../../channels/hold.ts';
import { ChatError } from '../../chat-error.ts';
import type { Parts } from '../../commands/command.ts';
import { permitted } from '../../commands/perform.ts';
import { erasedUser } from '../../storage/storage.ts';
import { callerOf } from '../authentication.ts';
import { nothing, ofChannel, ofUser, tags } from './schemas.ts';

const listedAtMost = 200;
const ofHeld = Type.Object({ id: Id, user: UserId, key: Key });
const Held = Type.Object({ sender: Sender, key: Key, text: Type.String(), at: Time });
const Act = Type.Object({
  at: Time,
  actor: UserId,
  action: Type.String(),
  outcome: Type.Union([Type.Literal('denied'), Type.Literal('done'), Type.Literal('failed')]),
  channel: Type.Optional(Id),
  subject: Type.Optional(UserId),
  times: Type.Integer({ minimum: 1 }),
});
const Listing = Type.Object({ limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000 })) });

/** What organizers decide, and what a backend asks about people. */
export const moderationRoutes: FastifyPluginAsyncTypebox<{ parts: Parts }> = async (app, { parts }) => {
  app.get(
    '/channels/:id/filter',
    {
      schema: {
        summary: 'Read the words that are not wanted',
        description: 'For organizers. They are set with the channel’s settings.',
        tags: tags.channels,
        params: ofChannel,
        response: { 200: ChannelFilter },
      },
    },
    async (request) => {
      const { filter } = await permitted(parts, callerOf(request), request.params.id, 'manage');
      return filter ?? { action: 'off' as const, english: false };
    },
  );

  app.get(
    '/channels/:id/held',
    {
      schema: {
        summary: 'List the messages that wait for an organizer',
        tags: tags.messages,
        params: ofChannel,
        response: { 200: Type.Object({ messages: Type.Array(Held) }) },
      },
    },
    async (request) => {
      await permitted(parts, callerOf(request), request.params.id, 'moderate');
      const held = await parts.storage.held.list(request.params.id, listedAtMost);
      return { messages: held.map(({ sender, key, text, at }) => ({ sender, key, text, at })) };
    },
  );

  for (const [method, approved, summary] of [
    ['POST', true, 'Let a held message through'],
    ['DELETE', false, 'Refuse a held message'],
  ] as const) {
    app.route({
      method,
      url: '/channels/:id/held/:user/:key',
      config: { cost: 1 },
      schema: { summary, tags: tags.messages, params: ofHeld, response: { 204: nothing } },
      handler: async (request, reply) => {
        const { id, user, key } = request.params;
        const grant = await permitted(parts, callerOf(request), id, 'moderate');
        await decide(parts, { grant, user, key }, approved);
        return reply.status(204).send(null);
      },
    });
  }

  app.delete(
    '/users/:user',
    {
      config: { cost: 5 },
      schema: {
        summary: 'Erase a user',
        description: 'Oneself, or anyone for a backend. Their messages, names and marks are taken out of everything.',
        tags: tags.users,
        params: ofUser,
        response: { 204: nothing },
      },
    },
    async (request, reply) => {
      const { identity } = callerOf(request);
      const { user } = request.params;
      if (identity.user !== user && !identity.service)
        throw new ChatError('forbidden', 'You cannot erase another user.');
      const action = 'DELETE /users/:user';
      // What is still to be written of them is forgotten with the rest.
      await parts.auditor.flush();
      try {
        await eraseUser(parts, user);
      } catch (error) {
        parts.auditor.note({ actor: identity.user, action, outcome: 'failed', subject: user });
        throw error;
      }
      // Their name would be written anew.
      const actor = identity.user === user ? erasedUser : identity.user;
      parts.auditor.note({ actor, action, outcome: 'done', subject: erasedUser });
      return reply.status(204).send(null);
    },
  );

  app.get(
    '/audit',
    {
      schema: {
        summary: 'Read what was denied, and what was done to others',
        description: 'For backends; the newest first.',
        tags: tags.users,
        querystring: Listing,
        response: { 200: Type.Object({ acts: Type.Array(Act) }) },
      },
    },
    async (request) => {
      if (!callerOf(request).identity.service) throw new ChatError('forbidden');
      await parts.auditor.flush();
      return { acts: await parts.storage.audit.list(request.query.limit ?? listedAtMost) };
    },
  );
};
