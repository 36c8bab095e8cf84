import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { ChannelMember, MemberPatch } from '../../../protocol/http.ts';
import { enter } from '../../channels/enter.ts';
import { putMember, removeMember } from '../../channels/members.ts';
import type { Parts } from '../../commands/command.ts';
import { permitted } from '../../commands/perform.ts';
import { callerOf } from '../authentication.ts';
import { nothing, ofMember, tags } from './schemas.ts';

/** Who is in a channel, and as what. */
export const memberRoutes: FastifyPluginAsyncTypebox<{ parts: Parts }> = async (app, { parts }) => {
  app.put(
    '/channels/:id/members/:user',
    {
      config: { cost: 1 },
      schema: {
        summary: 'Invite a user, give a role, mute',
        description: 'For organizers. A role that is given here wins over the one in the user’s token.',
        tags: tags.members,
        params: ofMember,
        body: MemberPatch,
        response: { 200: ChannelMember, 201: ChannelMember },
      },
    },
    async (request, reply) => {
      const { id, user } = request.params;
      const caller = callerOf(request);
      const grant = await permitted(parts, caller, id, 'moderate');
      await enter(parts, caller.identity, grant);
      const { member, isNew } = await putMember(parts, grant, user, request.body);
      return reply.status(isNew ? 201 : 200).send(member);
    },
  );

  app.delete(
    '/channels/:id/members/:user',
    {
      config: { cost: 1 },
      schema: {
        summary: 'Remove a member, or leave for good',
        description: 'Anyone but oneself for organizers. Their connections leave the channel at once.',
        tags: tags.members,
        params: ofMember,
        response: { 204: nothing },
      },
    },
    async (request, reply) => {
      const { id, user } = request.params;
      const caller = callerOf(request);
      const grant = await permitted(parts, caller, id, 'read');
      await removeMember(parts, grant, user, caller.identity.user === user);
      return reply.status(204).send(null);
    },
  );
};
