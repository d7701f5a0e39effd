import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// Tests run beside each other on few cores; a slow answer is no wrong one.
configure({ asyncUtilTimeout: 10_000 });
