import { aliasNamedAsAContextField } from './alias-named-as-a-context-field.ts';
import { aliasNamedAsAKey } from './alias-named-as-a-key.ts';
import { aliasNamedAsARequiredField } from './alias-named-as-a-required-field.ts';
import { aliasNamedTypename } from './alias-named-typename.ts';
import { argumentsOfARequiredField } from './arguments-of-a-required-field.ts';
import { argumentsOfTwoRequires } from './arguments-of-two-requires.ts';
import { introspectionUnderADirective } from './introspection-under-a-directive.ts';
import { objectOfConditionsOnly } from './object-of-conditions-only.ts';
import { oneNameInTwoImplementations } from './one-name-in-two-implementations.ts';
import { renamedUnderADirective } from './renamed-under-a-directive.ts';
import { requiredFieldLeftOut } from './required-field-left-out.ts';
import { requiredOfAnInterfaceObject } from './required-of-an-interface-object.ts';
import { requiredOfOneImplementation } from './required-of-one-implementation.ts';
import { variableNamedRepresentations } from './variable-named-representations.ts';
import type { WrongPlan } from './wrong-plan.ts';

/** One operation for each way in which Apollo's planner is known to plan wrongly. */
export const WRONG_PLANS: readonly WrongPlan[] = [
  aliasNamedAsAContextField,
  aliasNamedAsAKey,
  aliasNamedAsARequiredField,
  aliasNamedTypename,
  argumentsOfARequiredField,
  argumentsOfTwoRequires,
  introspectionUnderADirective,
  objectOfConditionsOnly,
  oneNameInTwoImplementations,
  renamedUnderADirective,
  requiredFieldLeftOut,
  requiredOfAnInterfaceObject,
  requiredOfOneImplementation,
  variableNamedRepresentations,
];
