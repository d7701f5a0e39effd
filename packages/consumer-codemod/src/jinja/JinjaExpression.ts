/** What stands between the marks of a Jinja tag, as a tree. */
export type JinjaExpression =
  | { kind: 'literal'; value: string | number | boolean | undefined }
  | { kind: 'name'; name: string }
  | { kind: 'list'; items: JinjaExpression[] }
  | { kind: 'dict'; entries: Array<[JinjaExpression, JinjaExpression]> }
  | { kind: 'attribute'; of: JinjaExpression; name: string }
  | { kind: 'index'; of: JinjaExpression; index: JinjaExpression }
  | {
      kind: 'slice';
      of: JinjaExpression;
      from?: JinjaExpression;
      to?: JinjaExpression;
    }
  | {
      kind: 'call';
      callee: JinjaExpression;
      args: JinjaExpression[];
      named: Array<[string, JinjaExpression]>;
    }
  | {
      kind: 'filter';
      of: JinjaExpression;
      name: string;
      args: JinjaExpression[];
      named: Array<[string, JinjaExpression]>;
    }
  | {
      kind: 'test';
      of: JinjaExpression;
      name: string;
      args: JinjaExpression[];
      negated: boolean;
    }
  | { kind: 'unary'; operator: 'not' | '-'; of: JinjaExpression }
  | {
      kind: 'binary';
      operator: string;
      left: JinjaExpression;
      right: JinjaExpression;
    }
  | {
      kind: 'choice';
      condition: JinjaExpression;
      yes: JinjaExpression;
      no?: JinjaExpression;
    };

/** Thrown where a tag says something that is not read here. It is then not printed. */
export class JinjaNotRead extends Error {
  name = 'JinjaNotRead';
}
