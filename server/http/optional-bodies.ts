import type { SwaggerTransformObject } from '@fastify/swagger';
import { Type } from 'typebox';
import { Check } from 'typebox/value';

/** Where all of a body can be left out, so can the body; the description says of each that it is required, unless told otherwise. */
export const withOptionalBodies: SwaggerTransformObject = (description) => {
  if (!('openapiObject' in description)) return description.swaggerObject;
  const { openapiObject } = description;
  for (const path of Object.values(openapiObject.paths ?? {})) {
    for (const operation of Object.values(path ?? {})) {
      const body = typeof operation === 'object' && 'requestBody' in operation ? operation.requestBody : undefined;
      if (body === undefined || !('content' in body)) continue;
      body.required = !Check(Type.Unsafe(body.content['application/json']?.schema ?? {}), {});
    }
  }
  return openapiObject;
};
