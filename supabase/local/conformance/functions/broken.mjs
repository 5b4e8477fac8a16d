// A function that cannot start.
throw new Error('this function is broken on purpose');
