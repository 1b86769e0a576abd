import type { FastifyReply } from 'fastify';

/** An error as RFC 9457 has it, with this product's stable code and the input field at fault. */
export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  /** A sentence that names the problem and the fix. */
  readonly detail: string;
  readonly field?: string;
}

export const sendProblem = (reply: FastifyReply, problem: Problem): FastifyReply =>
  reply
    .code(problem.status)
    .type('application/problem+json; charset=utf-8')
    .send(JSON.stringify({ type: 'about:blank', ...problem }));
