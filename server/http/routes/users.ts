import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { UserId } from '../../../protocol/entities.ts';
import { Profile } from '../../../protocol/http.ts';
import { directPlace } from '../../channels/direct.ts';
import { ChatError } from '../../chat-error.ts';
import type { Parts } from '../../commands/command.ts';
import { callerOf } from '../authentication.ts';
import { nothing, ofUser, tags } from './schemas.ts';

/** The caller's own: their profile, and whom they have blocked. */
export const userRoutes: FastifyPluginAsyncTypebox<{ parts: Parts }> = async (app, { parts }) => {
  const { users } = parts.storage;
  /** Theirs to read anew: what the one is shown, what the other may write. */
  const tell = async (user: string, other: string) => {
    const { id: direct } = await directPlace(parts.storage, user, other);
    await parts.storage.channels.revise(direct);
    parts.live.blocks(user);
    parts.live.rights(direct, other);
  };

  app.get(
    '/users/me',
    { schema: { summary: 'Read one’s own profile', tags: tags.users, response: { 200: Profile } } },
    async (request) => {
      const { user: id, name, picture, provider } = callerOf(request).identity;
      return {
        id,
        name,
        ...(picture === undefined ? {} : { picture }),
        ...(provider === undefined ? {} : { provider }),
      };
    },
  );

  app.get(
    '/users/me/blocked',
    {
      schema: {
        summary: 'List whom one has blocked',
        tags: tags.users,
        response: { 200: Type.Object({ blocked: Type.Array(UserId) }) },
      },
    },
    async (request) => ({ blocked: [...(await callerOf(request).hidden())] }),
  );

  app.put(
    '/users/me/blocked/:user',
    {
      config: { cost: 1 },
      schema: {
        summary: 'Block a user',
        description: 'Their direct messages are refused, and what they write elsewhere is hidden.',
        tags: tags.users,
        params: ofUser,
        response: { 204: nothing },
      },
    },
    async (request, reply) => {
      const { identity } = callerOf(request);
      const { user } = request.params;
      if (identity.user === user) throw new ChatError('invalid', 'Nobody blocks themselves.');
      await users.block(identity.user, user);
      await tell(identity.user, user);
      return reply.status(204).send(null);
    },
  );

  app.delete(
    '/users/me/blocked/:user',
    {
      config: { cost: 1 },
      schema: { summary: 'Unblock a user', tags: tags.users, params: ofUser, response: { 204: nothing } },
    },
    async (request, reply) => {
      const { identity } = callerOf(request);
      const { user } = request.params;
      await users.unblock(identity.user, user);
      await tell(identity.user, user);
      return reply.status(204).send(null);
    },
  );
};
