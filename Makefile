.PHONY: run test check lock screenshots messages

run:
	./run

test:
	./test

check:
	./test lint

# After a change in requirements/*.in or package.json.
lock:
	scripts/bootstrap.sh dev
	for name in base dev node; do \
		.venv/bin/uv pip compile -q --universal --generate-hashes --no-header --python-version 3.12 \
			requirements/$$name.in -o requirements/$$name.txt || exit 1; \
	done
	npm install --package-lock-only

# After a change of words in code or templates; then translate what is new in locale/en.
messages:
	scripts/bootstrap.sh dev
	.venv/bin/python scripts/messages.py extract

screenshots:
	scripts/bootstrap.sh dev
	.venv/bin/python -m scripts.screenshots
