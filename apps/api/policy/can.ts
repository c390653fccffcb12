// The one question of every route: may this viewer do this to that, as things stand?
import { PERMISSIONS } from './actions';
import type { Action } from './actions';
import type { Allowed, Resource, Standing, Viewer } from './who';

/**
 * Pure. The domain judges commands again with its own rules; this keeps readers and strangers out, and a token from
 * doing more than it was made for.
 */
export function can(viewer: Viewer, action: Action, resource: Resource, standing: Standing): Allowed {
  const { scope, who } = PERMISSIONS[action];
  if (!allowsScope(viewer.scopes, scope))
    return { allowed: false, reason: `this token does not have the scope "${scope}"` };
  return who(viewer, resource, standing);
}

const allowsScope = (scopes: string[], needed: 'read' | 'write'): boolean =>
  scopes.includes('*') || scopes.includes(needed) || (needed === 'read' && scopes.includes('write'));
