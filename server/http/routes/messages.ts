import { randomUUID } from 'node:crypto';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { UserId } from '../../../protocol/entities.ts';
import { DirectMessage, PlainMessage, UnreadQuery } from '../../../protocol/http.ts';
import { limits } from '../../../protocol/limits.ts';
import { directChannel } from '../../channels/direct.ts';
import { post } from '../../channels/post.ts';
import { plainMessage, unreadOf } from '../../channels/unread.ts';
import type { Parts } from '../../commands/command.ts';
import { permitted } from '../../commands/perform.ts';
import { actingAs, channelsWaiting } from '../acting.ts';
import { callerOf } from '../authentication.ts';
import { tags } from './schemas.ts';

/** From user to user, without a word about channels: for backends. */
export const messageRoutes: FastifyPluginAsyncTypebox<{ parts: Parts }> = async (app, { parts }) => {
  app.post(
    '/messages',
    {
      config: { cost: 1 },
      schema: {
        summary: 'Send a message to a user',
        description:
          'Makes the two users’ direct channel where there is none. The same `key` again is the same message.',
        tags: tags.messages,
        body: DirectMessage,
        response: { 201: PlainMessage },
      },
    },
    async (request, reply) => {
      const { sender_ID, receiver_ID, text, key = randomUUID() } = request.body;
      const caller = await actingAs(parts, callerOf(request), sender_ID);
      const { id } = await directChannel(parts, sender_ID, receiver_ID);
      const grant = await permitted(parts, caller, id, 'read');
      const message = await post({ parts, caller, payload: { channel: id, key, text }, grant }, (entry) => entry);
      return reply.status(201).send(plainMessage(grant.channel, message));
    },
  );

  app.get(
    '/messages/:user_id',
    {
      config: { cost: 2 },
      schema: {
        summary: 'List a user’s unread messages',
        description: `Over all of their channels, oldest first, at most ${limits.unreadListed}. A \`receipt\` makes them read.`,
        tags: tags.messages,
        params: Type.Object({ user_id: UserId }),
        querystring: UnreadQuery,
        response: { 200: Type.Array(PlainMessage) },
      },
    },
    async (request) => {
      const { user_id } = request.params;
      const own = callerOf(request);
      const caller = await actingAs(parts, own, user_id);
      const grants = await channelsWaiting(parts, caller, caller === own);
      return unreadOf(parts, caller, grants, request.query.limit ?? limits.unreadListed);
    },
  );
};
