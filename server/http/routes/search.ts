import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { PlacedMessage, SearchQuery } from '../../../protocol/http.ts';
import type { Parts } from '../../commands/command.ts';
import { perform } from '../../commands/perform.ts';
import { search } from '../../commands/search.ts';
import { callerOf } from '../authentication.ts';
import { tags } from './schemas.ts';

export const searchRoutes: FastifyPluginAsyncTypebox<{ parts: Parts }> = async (app, { parts }) => {
  app.get(
    '/search',
    {
      config: { cost: 2 },
      schema: {
        summary: 'Find messages',
        description: 'By words, sender or mention of oneself, newest first; in one channel or in all of the caller’s.',
        tags: tags.messages,
        querystring: SearchQuery,
        response: { 200: Type.Object({ messages: Type.Array(PlacedMessage), more: Type.Boolean() }) },
      },
    },
    async (request) => perform(search, { parts, caller: callerOf(request), payload: request.query }),
  );
};
