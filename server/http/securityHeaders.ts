import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

/**
 * Headers of every answer. The policy allows this server's own files and nothing else; no inline script or style. Plain HTTP
 * inside the clinic is not upgraded or pinned to HTTPS: TLS is the site's own certificate or proxy.
 */
const securityHeadersPlugin = async (app: FastifyInstance): Promise<void> => {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        fontSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        mediaSrc: ["'self'"],
        manifestSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: false,
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
    // these two need HTTPS, and browsers complain of them on a clinic's plain HTTP
    crossOriginOpenerPolicy: false,
    originAgentCluster: false,
  });
};

/** Registered on the whole server, not on a scope of its own (fastify's `skip-override`, as fastify-plugin sets it). */
export const securityHeaders = Object.assign(securityHeadersPlugin, { [Symbol.for('skip-override')]: true });
