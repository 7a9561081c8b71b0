"""The tutorial's training step in PyTorch, as a peer to measure against: prints the median milliseconds as JSON."""
import json
import sys
import time

import torch
from torch import nn

threads, steps = int(sys.argv[1]), int(sys.argv[2])
torch.set_num_threads(threads)
torch.manual_seed(1)
network = nn.Sequential(
    nn.Conv2d(1, 32, 3), nn.ReLU(), nn.MaxPool2d(2),
    nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2),
    nn.Flatten(), nn.Linear(1600, 128), nn.ReLU(), nn.Dropout(0.5), nn.Linear(128, 10),
)
optimizer = torch.optim.Adam(network.parameters(), lr=0.001, eps=1e-7)
criterion = nn.CrossEntropyLoss()
images = torch.rand(64, 1, 28, 28)
labels = torch.randint(0, 10, (64,))
times = []
for step in range(10 + steps):
    start = time.perf_counter()
    optimizer.zero_grad()
    loss = criterion(network(images), labels)
    loss.backward()
    optimizer.step()
    times.append(time.perf_counter() - start)
# Debian's PyTorch runs on whichever BLAS is installed; the reference one is much slower than OpenBLAS.
with open("/proc/self/maps") as maps:
    blas = "OpenBLAS" if "openblas" in maps.read() else "reference BLAS"
print(json.dumps({"msPerStep": 1000 * sorted(times[10:])[steps // 2], "blas": blas}))
