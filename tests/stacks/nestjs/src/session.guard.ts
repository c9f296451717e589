import {
  type CanActivate,
  createParamDecorator,
  type ExecutionContext,
  Injectable,
  UnauthorizedException,
} from "@nestjs/common";
import { Store } from "./store.js";

export const Caller = createParamDecorator(
  (_: unknown, context: ExecutionContext): string => context.switchToHttp().getRequest().userId,
);

@Injectable()
export class SessionGuard implements CanActivate {
  constructor(private readonly store: Store) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest();
    const session = this.store.sessions.get(request.cookies["neptun-session"]);
    if (!session || session.expiresAt <= Date.now() / 1000) {
      throw new UnauthorizedException("No valid session");
    }
    request.userId = session.userId;
    return true;
  }
}
