import cors from '@fastify/cors';
import fastify, {
  type FastifyBaseLogger,
  type FastifyContextConfig,
  type FastifyError,
  type FastifyInstance,
  LogController,
  type RouteOptions,
} from 'fastify';
import { type ErrorCode, errorCatalogue } from '../../protocol/errors.ts';
import { limits } from '../../protocol/limits.ts';
import { ChatError } from '../chat-error.ts';
import { noteFailure } from '../failures.ts';
import type { Origins } from '../gateway/origin.ts';
import type { Metrics } from '../metrics.ts';
import { AskedRequest } from './asked-request.ts';
import { registerSafety } from './safety.ts';
import { refusePath, refuseRequest } from './unreadable.ts';

/** Fastify with what holds for every route: limits, CORS, and refusals in the words of the catalogue. */
export async function createHttpServer(
  origins: Origins,
  log: FastifyBaseLogger,
  metrics: Metrics,
): Promise<FastifyInstance> {
  const app = fastify({
    loggerInstance: log,
    // A line a request would say nothing that the metrics do not, and cost more than serving it.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: limits.frameBytes,
    requestTimeout: 15_000,
    // Who writes a header a second would else keep a connection for as long as a minute and a half.
    http: { IncomingMessage: AskedRequest, headersTimeout: 5_000, connectionsCheckingInterval: 1_000 },
    connectionTimeout: 0,
    forceCloseConnections: 'idle',
    routerOptions: { ignoreTrailingSlash: false, maxParamLength: limits.idLength * 3 },
    // A path that cannot be read, which no route of ours is asked about.
    frameworkErrors: (_error, _request, reply) => refusePath(reply),
    clientErrorHandler: refuseRequest,
  });
  await app.register(cors, {
    origin: [...origins.listed],
    methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: ['authorization', 'content-type'],
    exposedHeaders: ['retry-after'],
    maxAge: 600,
    // To ask for nothing in particular is no mistake.
    strictPreflight: false,
  });
  const parseJson = app.getDefaultJsonParser('error', 'error');
  // Many clients name a type with every request, also where there is nothing to be said.
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) =>
    body === '' ? done(null) : parseJson(request, body, done),
  );
  registerSafety(app, origins);
  app.setErrorHandler<FastifyError | ChatError>((error, request, reply) => {
    const refusal = refusalOf(error);
    metrics.refused.inc({ code: refusal.code });
    // A refusal that was meant, such as that of a probe while the store is away, is no fault.
    if (refusal.code === 'unavailable' && refusal !== error)
      noteFailure(error, placeOf(request.routeOptions), { log: request.log, metrics });
    if (refusal.retryAfterMs !== undefined) void reply.header('retry-after', Math.ceil(refusal.retryAfterMs / 1_000));
    return reply.status(refusal.status).send({ error: { code: refusal.code, message: refusal.message } });
  });
  // Shown as 0 from the start: a figure that comes with its first fault is no increase to who watches for one.
  metrics.faults.inc({ where: 'http' }, 0);
  const routes: RouteOptions[] = [];
  app.addHook('onRoute', (route) => void routes.push(route));
  // Not before all of their hooks have said what they are.
  app.addHook('onReady', async () => {
    for (const route of routes) metrics.faults.inc({ where: placeOf(route) }, 0);
  });
  app.setNotFoundHandler((_request, reply) => {
    const { status, message } = errorCatalogue.not_found;
    metrics.refused.inc({ code: 'not_found' });
    return reply.status(status).send({ error: { code: 'not_found', message } });
  });
  return app;
}

/** Of a fault: its route. The widget's files, which are hundreds, are one place. */
function placeOf({ url, config }: { url?: string | undefined; config?: FastifyContextConfig }): string {
  return config?.public ? 'widget' : (url ?? 'http');
}

function refusalOf(error: FastifyError | ChatError): ChatError {
  if (error instanceof ChatError) return error;
  const status = error.statusCode ?? 500;
  if (status >= 500) return new ChatError('unavailable', undefined, { retryAfterMs: 1_000, cause: error });
  const code = codeOf(status);
  // Validation says which field is wrong; other messages of the framework may quote what was sent.
  return new ChatError(code, error.validation === undefined ? errorCatalogue[code].message : error.message);
}

function codeOf(status: number): ErrorCode {
  const known = Object.entries(errorCatalogue).find(([, entry]) => entry.status === status);
  return known === undefined ? 'invalid' : (known[0] as ErrorCode);
}
