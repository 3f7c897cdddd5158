// What the CloudFront functions in template.yaml may use: a part of the runtime cloudfront-js-2.0 ("JavaScript runtime
// 2.0 features for CloudFront Functions", CloudFront Developer Guide). `cargo xtask ci` checks the functions against
// this file instead of TypeScript's own declarations. So everything else is an error, for example eval, timers, network
// requests and other built-in objects. Add what the documentation lists if a function needs it.

// The event ("CloudFront Functions event structure", CloudFront Developer Guide).
interface CloudFrontEvent {
  viewer: { ip: string };
  request: CloudFrontRequest;
  response: CloudFrontResponse;
}
interface CloudFrontRequest {
  method: string;
  uri: string;
  headers: { [name: string]: { value: string } };
  querystring: { [name: string]: { value: string } };
}
interface CloudFrontResponse {
  statusCode: number;
  statusDescription?: string;
  headers: { [name: string]: { value: string } };
  body?: string;
}

// The built-in objects.
interface Array<T> {
  readonly length: number;
  [index: number]: T;
  join(separator: string): string;
  pop(): T;
  push(...elements: T[]): number;
}
interface String {
  readonly length: number;
  includes(text: string): boolean;
  replace(pattern: RegExp, replacement: string): string;
  split(separator: string): string[];
  startsWith(text: string): boolean;
  toLowerCase(): string;
}
interface RegExp {
  exec(text: string): string[] | null;
  test(text: string): boolean;
}

// TypeScript requires these declarations.
interface Boolean {}
interface CallableFunction {}
interface Function {}
interface IArguments {}
interface NewableFunction {}
interface Number {}
interface Object {}
